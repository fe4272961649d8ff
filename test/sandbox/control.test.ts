import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { startSandbox, type Sandbox } from '../../sandbox/server';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const JSON_TYPE = { 'content-type': 'application/json' };

/** The status of a control path; `fetch` would not send a Host or an Origin of one's own. */
async function control(
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  const outgoing = request(`${sandbox.url}/_sandbox/${path}`, { method, headers });
  outgoing.end(method === 'POST' ? '{"advance_ms":1}' : undefined);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

const GET = ['requests', 'webhooks', 'faults'].map((path) => ['GET', path] as const);
const POST = ['clock', 'faults', 'reset'].map((path) => ['POST', path] as const);

describe.each([...GET, ...POST])('%s /_sandbox/%s', (method, path) => {
  const type: Record<string, string> = method === 'POST' ? JSON_TYPE : {};

  test.each(['localhost', 'LOCALHOST:8787', '127.0.0.1', '127.1.2.3:80', '[::1]:8787'])(
    'is for programs that call this machine %s',
    async (host) => expect(await control(method, path, { ...type, host })).toBe(200),
  );

  test('is for a page of the sandbox itself', async () =>
    expect(await control(method, path, { ...type, origin: sandbox.url })).toBe(200));

  test.each<Record<string, string>>([
    { host: 'rebound.example.com' },
    { host: 'localhost.example.com' },
    { host: '127.0.0.1.example.com' },
    { host: '192.168.0.1:8787' },
    { host: '0.0.0.0' },
    { origin: 'https://example.com' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { origin: '' },
  ])('refuses %j', async (headers) => {
    const before = sandbox.clock.now();
    expect(await control(method, path, { ...type, ...headers })).toBe(403);
    expect(sandbox.clock.now() - before).toBeLessThan(1_000);
  });
});

test.each(POST)('%s /_sandbox/%s wants JSON', async (method, path) => {
  for (const type of [
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/plain; application/json',
  ]) {
    expect(await control(method, path, { 'content-type': type })).toBe(415);
  }
  const withCharset = { 'content-type': 'application/json; charset=utf-8' };
  expect(await control(method, path, withCharset)).toBe(200);
});
