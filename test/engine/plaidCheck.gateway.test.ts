import { createPrivateKey } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { runWorkflow, type RunResult } from '../../engine/index';
import { AMARA, monitoring, report } from '../support/samples/applications';
import { factsOf } from '../support/faults/failures';
import { leaksOf } from '../support/process/leaks';
import {
  createAuthority,
  startGateway,
  type Authority,
  type Gateway,
} from '../support/servers/gateway';
import { plaidCheck, plaidCheckApi } from '../support/workflows/builtNode';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  CLIENT_ID,
  CREATE,
  MONITORING,
  ONCE,
  SECRET,
  withOptions,
} from '../support/workflows/runPlaidCheck';

/** A bank's gateway that demands a client certificate, and has one of the bank's own authority. */

const PASSPHRASE = 'zq7-passphrase-of-the-key';

let bank: Authority;
let stranger: Authority;
let gateway: Gateway;
let encryptedKey: string;

beforeAll(async () => {
  bank = createAuthority();
  stranger = createAuthority('Another CA');
  gateway = await startGateway(bank);
  encryptedKey = createPrivateKey(bank.clientKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
    .toString();
});
afterAll(() => gateway.close());

const account = (own: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
  environment: 'custom',
  customBaseUrl: gateway.url,
  clientId: CLIENT_ID,
  secret: SECRET,
  sslCertificates: true,
  caCertificate: bank.ca,
  clientCertificate: bank.clientCert,
  clientKey: bank.clientKey,
  ...own,
});

const create = withOptions(byFields(CREATE, report(AMARA)), ONCE);
const read = withOptions(byFields(MONITORING, monitoring(AMARA)), ONCE);

const run = (plaidCheckApi: ICredentialDataDecryptedObject, parameters = create) =>
  runWorkflow({
    workflow: plaidCheckWorkflow(parameters, [{}], { onError: 'continueRegularOutput' }),
    credentials: { plaidCheckApi },
  });

const output = ({ nodes }: RunResult) => nodes[PLAID_CHECK]?.[0]?.outputs[0]?.[0]?.json;
const failed = (result: RunResult) => factsOf({ json: [output(result)] }, 0);

/** Sends with a credential that must not get in. */
async function refused(own: ICredentialDataDecryptedObject, parameters = create) {
  const before = gateway.requests.length;
  const facts = failed(await run(account(own), parameters));
  expect(gateway.requests).toHaveLength(before);
  return facts;
}

/** What a field of one line makes of a text that is pasted into it. */
const onOneLine = (text: string) => text.replace(/\r?\n/g, '');

describe('a request gets in with the certificate of the credential', () => {
  test.each([
    ['as files have them', () => account()],
    [
      'with an encrypted key',
      () => account({ clientKey: encryptedKey, clientKeyPassphrase: PASSPHRASE }),
    ],
    [
      'pasted into fields of one line',
      () =>
        account({
          caCertificate: onOneLine(bank.ca),
          clientCertificate: onOneLine(bank.clientCert),
          clientKey: onOneLine(encryptedKey),
          clientKeyPassphrase: PASSPHRASE,
        }),
    ],
    [
      'with written line breaks',
      () => account({ clientKey: bank.clientKey.replace(/\r?\n/g, '\\n') }),
    ],
    [
      'from one file of both',
      () => {
        const both = `${bank.clientKey}\n${bank.clientCert}`;
        return account({ clientCertificate: both, clientKey: both });
      },
    ],
  ])('%s', async (_, credential) => {
    const before = gateway.requests.length;
    expect(output(await run(credential()))).toMatchObject({ request_id: 'of-the-gateway' });
    expect(gateway.requests.slice(before)).toEqual([
      { client: 'lender', text: JSON.stringify(report(AMARA)) },
    ]);
  });

  test('over TLS 1.2 too', async () => {
    const older = await startGateway(bank, undefined, 'TLSv1.2');
    const result = await run(account({ customBaseUrl: older.url }));
    expect(output(result)).toMatchObject({ request_id: 'of-the-gateway' });
    await older.close();
  });
});

describe('what the gateway does not accept', () => {
  test('no certificate', async () => {
    const none = { clientCertificate: '', clientKey: '' };
    expect(await refused(none, read)).toMatchObject({
      kind: 'connection_failed',
      message: expect.stringMatching(/asks for a client certificate/),
      next_step: expect.stringMatching(/^Turn on SSL Certificates .* n8n before 2\.20/),
    });
  });

  test('no certificate, over TLS 1.2, which says less', async () => {
    const older = await startGateway(bank, undefined, 'TLSv1.2');
    const own = { customBaseUrl: older.url, clientCertificate: '', clientKey: '' };
    expect(failed(await run(account(own)))).toMatchObject({
      kind: 'connection_failed',
      may_have_succeeded: false,
      message: expect.stringMatching(/^A secure connection to .* could not be established$/),
      next_step: expect.stringMatching(/If the host asks for a client certificate, enter it/),
    });
    expect(older.requests).toEqual([]);
    await older.close();
  });
});

describe('whom the node trusts', () => {
  const untrusted = {
    kind: 'connection_failed',
    may_have_succeeded: false,
    message: expect.stringMatching(/presented a certificate that this n8n does not trust$/),
    next_step: expect.stringMatching(/If a private authority signed .* under SSL Certificates/),
  };

  test('nobody unknown without the certificate of their authority', async () => {
    expect(await refused({ caCertificate: '' })).toMatchObject(untrusted);
  });

  test('nobody but the authority of the credential', async () => {
    expect(await refused({ caCertificate: stranger.ca })).toMatchObject(untrusted);
  });

  test('nobody by another name than that of the certificate', async () => {
    const byAddress = gateway.url.replace('localhost', '127.0.0.1');
    const facts = await refused({ customBaseUrl: byAddress });
    expect(facts).toMatchObject({ may_have_succeeded: false, kind: 'connection_failed' });
  });
});

describe('a certificate that cannot be used is reported before anything is sent', () => {
  const damaged = (pem: string) => pem.replace(/\n[A-Za-z0-9+/]{8}/, '\nAAAAAAAA');

  test.each<[string, () => ICredentialDataDecryptedObject, RegExp]>([
    ['text as a key', () => ({ clientKey: 'my key' }), /Client Key is not a PEM private key/],
    [
      'a certificate as a key',
      () => ({ clientKey: bank.clientCert }),
      /Client Key is not a PEM private key/,
    ],
    [
      'text as a certificate',
      () => ({ clientCertificate: 'mine' }),
      /Client Certificate is not a PEM certificate/,
    ],
    ['text as an authority', () => ({ caCertificate: '-' }), /CA Certificate is not a PEM/],
    [
      'a damaged certificate',
      () => ({ clientCertificate: damaged(bank.clientCert) }),
      /Client Certificate cannot be read/,
    ],
    ['a damaged authority', () => ({ caCertificate: damaged(bank.ca) }), /CA Certificate cannot/],
    ['a damaged key', () => ({ clientKey: damaged(bank.clientKey) }), /Client Key cannot be read/],
    [
      'an encrypted key without passphrase',
      () => ({ clientKey: encryptedKey }),
      /is encrypted and needs the Client Key Passphrase/,
    ],
    [
      'a wrong passphrase',
      () => ({ clientKey: encryptedKey, clientKeyPassphrase: 'zq7-wrong-passphrase' }),
      /cannot be opened with the Client Key Passphrase/,
    ],
    ['a certificate alone', () => ({ clientKey: '' }), /needs the Client Key$/],
    ['a key alone', () => ({ clientCertificate: '' }), /needs the Client Certificate$/],
    [
      'the key of another certificate',
      () => ({ clientKey: stranger.clientKey }),
      /does not belong to the Client Certificate/,
    ],
    [
      'a host without https',
      () => ({ customBaseUrl: gateway.url.replace('https', 'http') }),
      /need a Base URL that starts with https:/,
    ],
    [
      "Plaid's own host",
      () => ({ customBaseUrl: 'https://production.plaid.com' }),
      /for your own hosts; Plaid's host takes none/,
    ],
  ])('%s', async (_, own, message) => {
    const facts = await refused(own());
    expect(facts).toMatchObject({
      kind: 'not_sent',
      may_have_succeeded: false,
      message: expect.stringMatching(message),
    });
  });
});

test("Plaid's own environments get no certificate and trust no authority of the credential", async () => {
  for (const environment of ['production', 'sandbox']) {
    const url = `https://${environment}.plaid.com/institutions/get`;
    const signed = await authenticated(account({ environment }), {
      url,
      agentOptions: { timeout: 5 },
    });
    expect(signed.agentOptions).toEqual({ timeout: 5 });
  }
});

test('a request brings no authority of its own along, nor turns the check of certificates off', async () => {
  const url = `${gateway.url}/institutions/get`;
  const own = { ca: stranger.ca, cert: 'zq7-own', key: 'zq7-own', rejectUnauthorized: false };
  const signed = await authenticated(account(), { url, agentOptions: own });
  expect(Object.keys(signed.agentOptions as object).sort()).toEqual(['ca', 'cert', 'key']);
  expect(signed).toMatchObject({ rejectUnauthorized: true, maxRedirects: 0 });
  expect(leaksOf(['zq7-own', stranger.ca], signed.agentOptions)).toEqual([]);
});

async function authenticated(
  credential: ICredentialDataDecryptedObject,
  request: object,
): Promise<Record<string, unknown>> {
  const { authenticate } = plaidCheckApi;
  if (typeof authenticate !== 'function') throw new Error('The credential signs by no function');
  return (await authenticate(credential, request as never)) as unknown as Record<string, unknown>;
}

describe('neither the key nor its passphrase is repeated', () => {
  const lines = () => encryptedKey.split('\n').filter((line) => /^[A-Za-z0-9+/]{60}/.test(line));
  const secrets = () => [PASSPHRASE, encryptedKey.trim(), ...lines(), SECRET];
  const own = () => ({ clientKey: encryptedKey, clientKeyPassphrase: PASSPHRASE });

  test('by a gateway that repeats all it could know', async () => {
    const echo = await startGateway(bank, () => ({
      passphrase: PASSPHRASE,
      key: encryptedKey,
      line: `${lines()[1]}`,
      request_id: 'r',
    }));
    const result = await run(account({ customBaseUrl: echo.url, ...own() }), read);
    expect(output(result)).toMatchObject({ request_id: 'r', line: '********' });
    expect(leaksOf(secrets(), result)).toEqual([]);
    await echo.close();
  });

  test.each<[string, () => ICredentialDataDecryptedObject]>([
    ['whose host is not trusted', () => ({ caCertificate: stranger.ca })],
    ['whose passphrase is wrong', () => ({ clientKeyPassphrase: 'zq7-wrong-passphrase' })],
    ['whose host is away', () => ({ customBaseUrl: 'https://localhost:9' })],
  ])('by an error of a request %s', async (_, wrong) => {
    const result = await run(account({ ...own(), ...wrong() }));
    expect(failed(result).message).toBeTruthy();
    expect(leaksOf([...secrets(), 'zq7-wrong-passphrase'], result)).toEqual([]);
  });
});

describe('the test of the credential', () => {
  const tested = async (own: ICredentialDataDecryptedObject) => {
    const sent: unknown[] = [];
    const helpers = {
      request: async (options: unknown) => {
        sent.push(options);
        return { statusCode: 200, body: '{"request_id":"r"}' };
      },
    };
    const test = plaidCheck.methods?.credentialTest?.testPlaidCheckApi;
    const result = await test?.call({ helpers } as unknown as ICredentialTestFunctions, {
      id: '1',
      name: 'Plaid',
      type: 'plaidCheckApi',
      data: account(own),
    });
    return { result, sent };
  };

  test('presents the certificate', async () => {
    const { result, sent } = await tested({});
    expect(result?.status).toBe('OK');
    expect(sent).toMatchObject([
      {
        agentOptions: { ca: expect.any(String), cert: expect.any(String), key: expect.any(String) },
      },
    ]);
  });

  test('says what is wrong with it', async () => {
    const { result, sent } = await tested({ clientKey: stranger.clientKey });
    expect(result).toMatchObject({
      status: 'Error',
      message: expect.stringMatching(/Client Key does not belong to the Client Certificate/),
    });
    expect(sent).toEqual([]);
  });
});

test('items with other certificates are not sent with those of the first', async () => {
  const certificates: Record<string, Authority> = { bank, stranger };
  const items = Object.entries(certificates).map(([name, { clientCert, clientKey }]) => ({
    name,
    clientCert,
    clientKey,
  }));
  const before = gateway.requests.length;
  const result = await runWorkflow({
    workflow: plaidCheckWorkflow(create, items, { onError: 'continueRegularOutput' }),
    credentials: {
      plaidCheckApi: account({
        clientCertificate: '={{ $json.clientCert }}',
        clientKey: '={{ $json.clientKey }}',
      }),
    },
  });
  expect(failed(result).message).toMatch(/different values for different items/);
  expect(gateway.requests).toHaveLength(before);
});
