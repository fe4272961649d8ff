import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { monitoring, report } from '../support/samples/applications';
import { selfSigned } from '../support/servers/certificate';
import { givenUp, nextConnection } from '../support/servers/connecting';
import { startConnectProxy, type ConnectProxy } from '../support/servers/connectProxy';
import {
  startDeafServer,
  type DeafServer,
  type DeafServerOptions,
} from '../support/servers/deafServer';
import { trustAnyone, useProxy } from '../support/process/environment';
import { factsOf } from '../support/faults/failures';
import {
  byFields,
  CREATE,
  MONITORING,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';

const OPTIONS = {
  connectTimeout: 0.3,
  retry: { values: { maxAttempts: 3, interval: 0, maxInterval: 0 } },
};

const READ = withOptions(byFields(MONITORING, monitoring()), OPTIONS);
const MAKE = withOptions(byFields(CREATE, report()), OPTIONS);

const KINDS: Array<[string, INodeParameters]> = [
  ['reads', READ],
  ['creates or bills', MAKE],
];

/** ms, longer than Connect Timeout. */
const LATE = 900;

const NOTHING = { connections: 0, requests: 0 };
const ONE_REQUEST = { connections: 1, requests: 1 };

const certificate = selfSigned();
const overHttps = { certificate };

type Lookup = (
  host: string,
  options: dns.LookupAllOptions,
  callback: (error: null, addresses: dns.LookupAddress[]) => void,
) => void;

/** What a test has opened or set. */
const toUndo: Array<() => unknown> = [];

async function started(options?: DeafServerOptions): Promise<DeafServer> {
  const server = await startDeafServer(options);
  toUndo.push(() => server.close());
  return server;
}

async function behindProxy(tunnelAfterMs?: number): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(tunnelAfterMs);
  toUndo.push(() => proxy.close(), useProxy(proxy.url));
  return proxy;
}

/** Node.js tries the addresses of a host in turn, and where all fail throws one error with theirs in it. */
function resolveTo(...addresses: string[]): void {
  const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.SpyInstance<void, Parameters<Lookup>>;
  lookup.mockImplementation((_host, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    ),
  );
  toUndo.push(() => lookup.mockRestore());
}

const failed = async (url: string, parameters: INodeParameters) =>
  factsOf(await runPlaidCheck({ url }, parameters, [{}], { onError: 'continueRegularOutput' }));

let trustNobody: () => void;

beforeAll(async () => {
  trustNobody = trustAnyone();
  // The first run loads n8n's packages, and no clock of a test is to count that.
  const { json } = await runPlaidCheck(await started(), READ);
  expect(json).toMatchObject([{ request_id: 'late' }]);
});
afterEach(async () => {
  for (const undo of toUndo.splice(0).reverse()) await undo();
});
afterAll(() => trustNobody());

describe.each(KINDS)('a request that %s', (kind, parameters) => {
  const stake = kind === 'reads' ? '' : '; the report may have been created';

  describe.each([
    ['http', {}],
    ['https', overHttps],
  ])('over %s', (_protocol, options) => {
    test('is tried again where the host lets nobody in, as nothing has been sent, and fails with what to do', async () => {
      const server = await started(options);
      await server.goDeaf();
      const { attempts, ...facts } = await failed(server.url, parameters);
      expect(facts).toMatchObject({
        kind: 'connection_failed',
        message: `${server.host} could not be reached within 0.3 seconds`,
        next_step: expect.stringMatching(/^Check the network of this n8n.*option Connect Timeout/),
      });
      expect(facts.next_step).not.toMatch(/may have succeeded/);
      expect(attempts).toHaveLength(3);
      server.listenAgain();
      expect(await server.heard()).toEqual(NOTHING);
    });

    test('is not cut short by the time to connect once it is connected', async () => {
      const server = await started({ ...options, answerAfterMs: LATE });
      const { json } = await runPlaidCheck(server, parameters);
      expect(json).toMatchObject([{ request_id: 'late' }]);
      expect(await server.heard()).toEqual(ONE_REQUEST);
    });

    test('fails by the whole time where that is shorter', async () => {
      const server = await started(options);
      await server.goDeaf();
      const brief = { timeout: 0.2, connectTimeout: 10, retry: { values: { maxAttempts: 1 } } };
      const { attempts, ...facts } = await failed(server.url, withOptions(parameters, brief));
      expect(facts).toMatchObject({
        kind: 'timeout',
        message: `${server.host} did not respond within 0.2 seconds${stake}`,
      });
      expect(attempts).toHaveLength(1);
      server.listenAgain();
      expect(await server.heard()).toEqual(NOTHING);
    });
  });

  test.each([
    ['refuse', false],
    ['are silent or refuse', true],
  ])(
    'is tried again where all addresses of the host %s, as nothing has been sent',
    async (_, isDeaf) => {
      const server = await started();
      const { port } = new URL(server.url);
      // Nothing listens at the other addresses of this machine.
      resolveTo(isDeaf ? '127.0.0.1' : '127.0.0.3', '127.0.0.2');
      if (isDeaf) await server.goDeaf();
      const patient = withOptions(parameters, { ...OPTIONS, connectTimeout: 10 });
      const { attempts, ...facts } = await failed(`http://localhost:${port}`, patient);
      expect(facts).toMatchObject({
        kind: 'connection_failed',
        message: expect.stringMatching(
          /^localhost:\d+ (refused the connection|could not be reached)$/,
        ),
        next_step: expect.stringMatching(/^Check the network of this n8n/),
      });
      expect(facts.next_step).not.toMatch(/may have succeeded/);
      expect(attempts).toHaveLength(3);
      server.listenAgain();
      expect(await server.heard()).toEqual(NOTHING);
    },
  );

  test('is done once if the host lets in a later attempt', async () => {
    const server = await started();
    await server.goDeaf();
    const forLong = withOptions(parameters, {
      ...OPTIONS,
      includeAttempts: true,
      retry: { values: { maxAttempts: 50, interval: 0, maxInterval: 0 } },
    });
    const first = nextConnection();
    const running = runPlaidCheck(server, forLong);
    await givenUp(await first);
    server.listenAgain();
    const { json } = await running;
    expect(json).toEqual([expect.objectContaining({ request_id: 'late' })]);
    const { attempts } = json[0] as { attempts: Array<{ result: string }> };
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.map(({ result }) => result)).toEqual([
      ...attempts.slice(1).map(() => 'connection_failed'),
      'ok',
    ]);
    expect(await server.heard()).toEqual(ONE_REQUEST);
  });

  test('fails by the whole time where the TLS handshake never ends', async () => {
    const open: Socket[] = [];
    const silent = createServer((socket) => open.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    toUndo.push(() => {
      for (const socket of open) socket.destroy();
      silent.close();
    });
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const brief = { ...OPTIONS, timeout: 1, retry: { values: { maxAttempts: 1 } } };
    expect(await failed(`https://${host}`, withOptions(parameters, brief))).toMatchObject({
      kind: 'timeout',
      message: `${host} did not respond within 1 seconds${stake}`,
      attempts: [{ result: 'timeout' }],
    });
    expect(open).toHaveLength(1);
  });

  describe('through a proxy', () => {
    test('is not cut short by the time to connect when the answer is late', async () => {
      const server = await started({ certificate, answerAfterMs: LATE });
      const proxy = await behindProxy();
      const { json } = await runPlaidCheck(server, parameters);
      expect(json).toMatchObject([{ request_id: 'late' }]);
      expect(proxy.asked).toEqual([server.host]);
      expect(await server.heard()).toEqual(ONE_REQUEST);
    });

    test('is done once when the tunnel is late', async () => {
      const server = await started(overHttps);
      const proxy = await behindProxy(LATE);
      const { json } = await runPlaidCheck(server, parameters);
      expect(json).toMatchObject([{ request_id: 'late' }]);
      expect(proxy.asked).toEqual([server.host]);
      expect(await server.heard()).toEqual(ONE_REQUEST);
    });

    test('is not sent any more when the tunnel is too late for the whole time', async () => {
      const server = await started(overHttps);
      const proxy = await behindProxy(LATE);
      const brief = { ...OPTIONS, timeout: 0.5, retry: { values: { maxAttempts: 1 } } };
      expect(await failed(server.url, withOptions(parameters, brief))).toMatchObject({
        kind: 'timeout',
        attempts: [{ result: 'timeout' }],
      });
      await setTimeout(2 * LATE);
      expect(proxy.asked).toEqual([server.host]);
      // The proxy's agent may still greet the server through the tunnel.
      expect(await server.heard()).toMatchObject({ requests: 0 });
    });

    test('fails by the whole time where the proxy lets nobody in', async () => {
      const server = await started(overHttps);
      const proxy = await started();
      await proxy.goDeaf();
      toUndo.push(useProxy(proxy.url));
      const brief = { ...OPTIONS, timeout: 1, retry: { values: { maxAttempts: 1 } } };
      expect(await failed(server.url, withOptions(parameters, brief))).toMatchObject({
        kind: 'timeout',
        attempts: [{ result: 'timeout' }],
      });
      expect(await server.heard()).toEqual(NOTHING);
    });
  });

  describe('that is stopped', () => {
    const patient = withOptions(parameters, { ...OPTIONS, timeout: 600, connectTimeout: 600 });
    const CANCELLED = {
      status: 'canceled',
      error: expect.objectContaining({ message: `The execution was canceled${stake}` }),
    };

    test('while it connects is over, and nothing arrives later', async () => {
      const server = await started();
      await server.goDeaf();
      const stop = new AbortController();
      const first = nextConnection();
      const running = runPlaidCheck(server, patient, [{}], {}, { signal: stop.signal });
      const closed = givenUp(await first);
      stop.abort();
      expect(await running).toMatchObject(CANCELLED);
      await closed;
      server.listenAgain();
      expect(await server.heard()).toEqual(NOTHING);
    });

    test('while a proxy makes the tunnel is over, and no request arrives later', async () => {
      const server = await started(overHttps);
      const proxy = await behindProxy(LATE);
      const stop = new AbortController();
      const running = runPlaidCheck(server, patient, [{}], {}, { signal: stop.signal });
      while (proxy.asked.length === 0) await setTimeout(10);
      stop.abort();
      expect(await running).toMatchObject(CANCELLED);
      await setTimeout(2 * LATE);
      expect(await server.heard()).toMatchObject({ requests: 0 });
    });
  });
});
