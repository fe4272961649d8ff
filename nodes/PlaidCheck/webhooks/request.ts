import type { IWebhookFunctions } from 'n8n-workflow';

import { usableAccount } from '../client/account';
import { readCredential, unreadCredential } from '../client/credential';
import { messageOf } from '../client/failure';
import { createKeyCache } from './keyCache';
import { fetchVerificationKey, type KeyLookup } from './verificationKey';
import type { VerificationResult } from './verificationResult';
import { verifyWebhook } from './verify';

/** The part of n8n's request used here. */
interface WebhookRequest {
  headers: Record<string, unknown>;
  /** Set if n8n has already read the body */
  rawBody?: Buffer;
  readRawBody(): Promise<void>;
}

/** Shared by all nodes of this n8n process; holds public keys only. */
const keyCache = createKeyCache();

/** Verifies the current request with the node's credential. Never rejects. */
export async function verifyRequest(context: IWebhookFunctions): Promise<VerificationResult> {
  const request = context.getRequestObject() as WebhookRequest;
  const header = request.headers['plaid-verification'];
  const body = await readRawBody(request);
  return await verifyWebhook({
    header,
    body,
    now: Date.now(),
    findKey: (keyId) => findKey(context, keyId),
  });
}

const EMPTY_BODY = Buffer.alloc(0);

/** Treats a body that n8n can't read, such as a file upload, as empty: Plaid never signs one. */
async function readRawBody(request: WebhookRequest): Promise<Buffer> {
  try {
    if (!request.rawBody) await request.readRawBody();
    return request.rawBody ?? EMPTY_BODY;
  } catch {
    return EMPTY_BODY;
  }
}

async function findKey(context: IWebhookFunctions, keyId: string): Promise<KeyLookup> {
  try {
    const credentials = await readCredential(context).catch((error: unknown) => {
      throw new Error(unreadCredential(error).failure.message);
    });
    const account = usableAccount(credentials);
    // The key includes the secret: failed lookups with an outdated secret must not affect other credentials.
    return await keyCache.get(account.key, keyId, () => fetchVerificationKey(context, account, keyId));
  } catch (error) {
    return { unavailable: `the Plaid Check credential can't be used: ${messageOf(error)}` };
  }
}
