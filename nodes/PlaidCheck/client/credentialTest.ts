import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';

import { authenticationHeaders } from '../../../credentials/plaidApi';
import { sslOptionsOf } from '../../../credentials/sslCertificates';
import { usableAccount } from './account';
import { readResponse } from './response';
import { networkError } from './networkError';
import { messageOf } from './failure';

/** A call that every Plaid account may make, that bills nothing and reads no one's data. */
const HARMLESS_CALL = {
  path: '/institutions/get',
  body: { count: 1, offset: 0, country_codes: ['US'] },
};

const TIMEOUT_SECONDS = 20;

/** n8n has read the body already, by whatever type it came. */
const NO_HEADERS = { contentType: '', requestId: null };

/** Tries the keys of a credential with a harmless call; on failure the message is Plaid's own. */
export async function testPlaidCheckApi(
  this: ICredentialTestFunctions,
  credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  // The one HTTP helper n8n gives to a credential test; httpRequest does not exist here.
  const { helpers } = this;
  let host = '';
  try {
    const { baseUrl, redaction, isDemo } = usableAccount(credential.data ?? {});
    if (isDemo) return { status: 'OK', message: 'The demo needs no account and sends nothing' };
    const headers = authenticationHeaders(credential.data ?? {});
    host = new URL(baseUrl).host;
    const response = (await helpers.request({
      method: 'POST',
      uri: `${baseUrl}${HARMLESS_CALL.path}`,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(HARMLESS_CALL.body),
      timeout: TIMEOUT_SECONDS * 1000,
      agentOptions: sslOptionsOf(credential.data ?? {}),
      followRedirect: false,
      followAllRedirects: false,
      simple: false,
      resolveWithFullResponse: true,
    })) as { statusCode: number; body: unknown };
    const { statusCode: status, body } = response;
    // An empty body arrives as undefined.
    const text = typeof body === 'object' ? JSON.stringify(body) : String(body ?? '');
    const raw = { status, headers: NO_HEADERS, bytes: Buffer.from(text) };
    const outcome = readResponse(raw, null, redaction);
    return 'json' in outcome
      ? { status: 'OK', message: 'Connection tested successfully' }
      : refused(outcome.failure.error_message || outcome.failure.message);
  } catch (error) {
    if (host === '') return refused(messageOf(error));
    return refused(
      networkError(error, { host, timeoutSeconds: TIMEOUT_SECONDS, howToVerify: null }).failure
        .message,
    );
  }
}

const refused = (message: string): INodeCredentialTestResult => ({ status: 'Error', message });
