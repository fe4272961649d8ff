import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { AMARA, report } from '../support/samples/applications';
import { factsOf } from '../support/faults/failures';
import { selfSigned } from '../support/servers/certificate';
import { startDeafServer } from '../support/servers/deafServer';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';
import {
  answer,
  cutHalfway,
  hang,
  reset,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** A request that creates or bills: before there is a connection nothing has left, later it may have succeeded. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const create = withOptions(byFields(CREATE, report()), {
  connectTimeout: 0.3,
  timeout: 2,
  retry: { values: { maxAttempts: 3, interval: 0, maxInterval: 0 } },
});
const goOn = { onError: 'continueRegularOutput' } as const;
const failed = async (url: string) => factsOf(await runPlaidCheck({ url }, create, [{}], goOn));

/** A server of plain TCP that does this with each connection. */
async function listening(accept: (socket: Socket) => void) {
  const tcp = createServer((socket) => accept(socket.on('error', () => undefined)));
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, close: () => tcp.close() };
}

async function freePort(): Promise<number> {
  const { host, close } = await listening(() => undefined);
  close();
  return Number(host.split(':')[1]);
}

describe('nothing has left, so it is retried, and never told as one that may have succeeded', () => {
  const SAFE = { may_have_succeeded: false, next_step: expect.stringMatching(/^Check /) };

  test('a host that refuses', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const facts = await failed(url);
    expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
    expect(facts.message).toMatch(/refused the connection$/);
    expect(facts.attempts).toHaveLength(3);
  });

  test('a host that is not found', async () => {
    const facts = await failed('https://no-such-host.invalid');
    expect(facts).toMatchObject({ ...SAFE, kind: 'host_not_found' });
    expect(facts.attempts).toHaveLength(3);
  });

  test('a host whose addresses all refuse', async () => {
    const port = await freePort();
    const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.SpyInstance;
    lookup.mockImplementation((_host, _options, found: (...given: unknown[]) => void) =>
      found(null, [
        { address: '127.0.0.2', family: 4 },
        { address: '127.0.0.3', family: 4 },
      ]),
    );
    const facts = await failed(`http://localhost:${port}`);
    lookup.mockRestore();
    expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
    expect(facts.message).toMatch(/refused the connection$/);
    expect(facts.attempts).toHaveLength(3);
  });

  test.each(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])(
    'a host that the system can not reach: %s',
    async (code) => {
      // What Node.js throws where the system gives an address up, which takes it minutes.
      const thrown = Object.assign(new Error(`connect ${code} 127.0.0.9:443`), {
        code,
        syscall: 'connect',
      });
      const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.SpyInstance;
      lookup.mockImplementation((_host, _options, found: (error: Error) => void) => found(thrown));
      const facts = await failed('https://localhost');
      lookup.mockRestore();
      expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
      expect(facts.message).toBe('localhost could not be reached');
      expect(facts.attempts).toHaveLength(3);
    },
  );

  test('a host whose certificate nobody trusts, which a retry would not change', async () => {
    const https = await startDeafServer({ certificate: selfSigned() });
    const facts = await failed(https.url);
    expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
    expect(facts.message).toMatch(/presented a certificate that this n8n does not trust$/);
    expect(facts.attempts).toHaveLength(1);
    expect(await https.heard()).toMatchObject({ requests: 0 });
    await https.close();
  });

  test('a host that does not speak https, which a retry would not change', async () => {
    server.play(answer(200, {}));
    const facts = await failed(`https://${server.host}`);
    expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
    expect(facts.message).toMatch(/^A secure connection to .* could not be established$/);
    expect(facts.attempts).toHaveLength(1);
    expect(server.requests).toEqual([]);
  });

  test('a host that ends the connection before it is secure', async () => {
    const closing = await listening((socket) => void socket.once('data', () => socket.end()));
    const facts = await failed(`https://${closing.host}`);
    expect(facts).toMatchObject({ ...SAFE, kind: 'connection_failed' });
    expect(facts.message).toMatch(/^A secure connection to .* could not be established$/);
    expect(facts.attempts).toHaveLength(3);
    closing.close();
  });

  test('a host that lets nobody in, from n8n 2.20 on; before, a short Timeout can not tell it from silence', async () => {
    const deaf = await startDeafServer();
    await deaf.goDeaf();
    const { kind, message, may_have_succeeded } = await failed(deaf.url);
    deaf.listenAgain();
    expect(await deaf.heard()).toEqual({ connections: 0, requests: 0 });
    await deaf.close();
    const told = { kind: 'connection_failed', may_have_succeeded: false };
    const untold = { kind: 'timeout', may_have_succeeded: true };
    const isTold = kind === 'connection_failed';
    expect({ kind, may_have_succeeded }).toEqual(isTold ? told : untold);
    expect(message).toMatch(isTold ? /be reached within 0.3 s/ : /not respond within 2 s/);
    expect(isTold).toBe(takesConnectTimeout());
  });
});

describe('the request may have arrived, so it is not retried, and the error says so', () => {
  const hangUp: Script = (response) => void response.socket?.destroy();

  test.each([
    [
      'resets the connection',
      reset,
      'connection_failed',
      /closed the connection before it responded; the report may have been created$/,
    ],
    [
      'hangs up',
      hangUp,
      'connection_failed',
      /closed the connection before it responded; the report may have been created$/,
    ],
    [
      'breaks off its answer',
      cutHalfway,
      'connection_failed',
      /in the middle of its response; the report may have been created$/,
    ],
    [
      'is silent',
      hang,
      'timeout',
      /did not respond within 2 seconds; the report may have been created$/,
    ],
  ])('a host that %s', async (_, script, kind, message) => {
    server.play(script);
    const facts = await failed(server.url);
    expect(facts).toMatchObject({
      kind,
      message: expect.stringMatching(message),
      may_have_succeeded: true,
      next_step: expect.stringMatching(/^The request may have succeeded\. /),
    });
    expect(facts.attempts).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });
});

test('a temporary error is retried, and the answer comes out once', async () => {
  server.play((response, request, index) =>
    index < 2
      ? answer(503, { error_type: 'API_ERROR', error_code: 'PLANNED_MAINTENANCE' })(
          response,
          request,
          index,
        )
      : answer(200, { request_id: 'third' })(response, request, index),
  );
  const { json } = await runPlaidCheck(server, create);
  expect(json).toEqual([{ user_id: AMARA, request_id: 'third' }]);
  expect(server.requests).toHaveLength(3);
});

/** Whether n8n's request helper heeds a time to connect: from 2.20 on. */
function takesConnectTimeout(): boolean {
  const { version } = jest.requireActual<{ version: string }>('n8n-core/package.json');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 20);
}
