import { plaidError } from '../faults/failures';
import {
  answer,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../servers/scriptedServer';
import { createSigner, keyOf, type Signer } from '../servers/webhookSigner';
import { ELSEWHERE, KEY_ANSWERS, type KeyAnswerName } from './keyAnswers';

/** What a forger has: the webhook of somebody else, Plaid's public key, and keys of their own. */
export interface Material {
  /** Plaid; only its public parts are known to a forger, but a damaged webhook may be rightly signed */
  plaid: Signer;
  /** A key Plaid has retired */
  retired: Signer;
  /** A key that Plaid has never heard of */
  own: Signer;
  /** Keys that Plaid, or whoever answers in its place, answers for in a way that must not be believed */
  answered: ReadonlyMap<KeyAnswerName, Signer>;
  body: string;
  /** A genuine token for the body */
  token: string;
}

/** Keys for a forger to work with, and for a Plaid that is to tell them apart. */
export function createMaterial(body: string): Material {
  const plaid = createSigner();
  return {
    plaid,
    retired: createSigner(),
    own: createSigner(),
    answered: new Map(KEY_ANSWERS.map(([name]) => [name, createSigner()])),
    body,
    token: plaid.token(body),
  };
}

/** Where Plaid gives out keys. */
export const KEY_PATH = '/webhook_verification_key/get';

/** A Plaid that knows its own key and the retired one, and answers for others as `KEY_ANSWERS` say. */
export async function startForgersPlaid(
  { plaid, retired, answered }: Material,
  /** What it does with other requests than for keys */
  other: Script = answer(404, {}),
): Promise<ScriptedServer> {
  const server = await startScriptedServer();
  const scripts = new Map<unknown, () => Script>([
    [plaid.keyId, () => answer(200, keyOf(plaid))],
    [retired.keyId, () => answer(200, keyOf(retired, 1_700_000_000))],
    ...KEY_ANSWERS.flatMap(([name, script]) => {
      const signer = answered.get(name);
      return signer ? [[signer.keyId, () => script(signer)] as const] : [];
    }),
  ]);
  const unknown = answer(
    400,
    plaidError('INVALID_INPUT', 'INVALID_WEBHOOK_VERIFICATION_KEY_ID', 'no such key'),
  );
  server.play((response, request, index) => {
    const { key_id } = Object(request.json) as { key_id?: unknown };
    const moved = [...answered.values()].find(({ keyId }) => request.path === ELSEWHERE + keyId);
    const key = moved ? answer(200, keyOf(moved)) : (scripts.get(key_id)?.() ?? unknown);
    const script = moved || request.path === KEY_PATH ? key : other;
    script(response, request, index);
  });
  return server;
}
