import { createHash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../../credentials/plaidApi';
import { messageOf } from '../client/failure';
import { fetchVerificationKey, type KeyLookup } from './verificationKey';
import { createKeyCache } from './keyCache';
import { knownKeyIds } from './knownKeys';
import type { VerificationResult } from './verificationResult';
import { verifyWebhook } from './verify';

/** What is used of n8n's request, which is one of Node.js with two members more. */
interface Request {
  headers: Record<string, unknown>;
  /** The body as it came; n8n has read it before the node is called, where it could */
  rawBody?: Buffer;
  readRawBody(): Promise<void>;
}

/** Public keys only, and a memory: each n8n process has its own, and fetches a key for itself. */
const keyRing = createKeyCache();

/** Whether the request a node's webhook was called with is Plaid's. Uses the node's credential; never rejects. */
export async function verifyRequest(context: IWebhookFunctions): Promise<VerificationResult> {
  const request = context.getRequestObject() as Request;
  const header = request.headers['plaid-verification'];
  const body = await rawBodyOf(request);
  return await verifyWebhook({
    header,
    body,
    now: Date.now(),
    findKey: (keyId) => findKey(context, keyId),
  });
}

const NOTHING = Buffer.alloc(0);

/** What n8n could not read, such as an upload of files, has no body that Plaid could have signed. */
async function rawBodyOf(request: Request): Promise<Buffer> {
  try {
    if (!request.rawBody) await request.readRawBody();
    return request.rawBody ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

async function findKey(context: IWebhookFunctions, keyId: string): Promise<KeyLookup> {
  try {
    const credentials = await context.getCredentials('plaidCheckApi');
    const baseUrl = baseUrlOf(credentials);
    // The secret too: with a stale one Plaid refuses to answer, which is nothing to other credentials.
    const account = hash(JSON.stringify([baseUrl, authenticationHeaders(credentials)]));
    const known = knownKeyIds(context);
    const ask = () => fetchVerificationKey(context, baseUrl, keyId);
    const answer = await keyRing.get(account, keyId, ask, known.has(keyId));
    if ('key' in answer && !answer.key.expired) known.add(keyId);
    return answer;
  } catch (error) {
    return { unavailable: `the Plaid Check credential can't be used: ${messageOf(error)}` };
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
