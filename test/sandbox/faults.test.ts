import { startSandbox, type FaultPlan, type Sandbox } from '../../sandbox/server';
import { createBucket } from '../../sandbox/injection/bucket';
import { FAULT_KINDS, type Fault } from '../../sandbox/injection';
import { createReportBody, newUser, post } from './client';
import { startReceiver, type Receiver } from './receiver';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
beforeEach(() => {
  sandbox.reset();
  sandbox.faults.clear();
});
afterAll(async () => await sandbox.close());

const CREATE = '/cra/check_report/create';
const USERS = '/user/get';
const AMARA = 'usr_demo_amara_okafor';

const create = (user_id = AMARA) => post(sandbox, CREATE, createReportBody(user_id));
const always = (fault: Fault): FaultPlan => ({ rules: [{ faults: [fault] }] });

/** How a call ended, as far as its caller gets to know. */
const endOf = async (call: ReturnType<typeof post>): Promise<string> =>
  await call.then(
    ({ status, json, text }) =>
      `${status} ${String(json.error_code ?? (text[0] === '<' ? 'page' : 'answer'))}`,
    (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.name,
  );

describe('a struck request', () => {
  const ENDS: [Fault, string, number][] = [
    [{ kind: 'rate_limited' }, '429 RATE_LIMIT', 0],
    [{ kind: 'internal_server_error' }, '500 INTERNAL_SERVER_ERROR', 0],
    [{ kind: 'internal_server_error', carriedOut: true }, '500 INTERNAL_SERVER_ERROR', 1],
    [{ kind: 'unavailable_page' }, '503 page', 0],
    [{ kind: 'bad_gateway_page', carriedOut: true }, '502 page', 1],
    [{ kind: 'page_instead_of_answer' }, '200 page', 0],
    [{ kind: 'planned_maintenance' }, '503 PLANNED_MAINTENANCE', 0],
    [{ kind: 'institution_down' }, '400 INSTITUTION_DOWN', 0],
    [{ kind: 'slow_first_byte', ms: 20 }, '200 answer', 1],
    [{ kind: 'slow_body', ms: 20 }, '200 answer', 1],
    [{ kind: 'reset' }, 'ECONNRESET', 0],
    [{ kind: 'reset', carriedOut: true }, 'ECONNRESET', 1],
    [{ kind: 'cut_json' }, 'SyntaxError', 1],
    [{ kind: 'cut_connection' }, 'UND_ERR_SOCKET', 1],
  ];

  test.each(ENDS)('%j ends as %s, and %i report is there', async (fault, end, reports) => {
    sandbox.faults.set(always(fault));
    expect(await endOf(create())).toBe(end);
    expect(sandbox.reportsCreated(AMARA)).toBe(reports);
    expect(sandbox.done(CREATE)).toBe(reports);
    expect(sandbox.done(CREATE, AMARA)).toBe(reports);
    expect(sandbox.done(CREATE, 'usr_demo_mei_lin')).toBe(0);
    expect(sandbox.faults.struck).toEqual({ [fault.kind]: 1 });
    expect(sandbox.requests).toEqual([
      expect.objectContaining({ fault: fault.kind, carriedOut: reports === 1 }),
    ]);
  });

  test('can be of any kind', () => {
    expect(new Set(ENDS.map(([{ kind }]) => kind))).toEqual(new Set(FAULT_KINDS));
  });

  test('hears when to come back, in seconds or as a date', async () => {
    const header = async (retryAfter: Fault['retryAfter']) => {
      sandbox.faults.set(always({ kind: 'rate_limited', ...(retryAfter && { retryAfter }) }));
      return (await fetch(sandbox.url + USERS, { method: 'POST' })).headers.get('retry-after');
    };
    expect(await header(7)).toBe('7');
    expect(Date.parse(String(await header({ date: 3600 })))).toBeGreaterThan(
      Date.now() + 3_500_000,
    );
    expect(await header(undefined)).toBeNull();
  });

  test('is chosen by path, by what it is about and by how often it came', async () => {
    const fault: Fault = { kind: 'internal_server_error' };
    sandbox.faults.set({ rules: [{ faults: [fault], path: '/cra/*', about: 'reyes', times: 2 }] });
    const ends = [];
    for (const user of ['daniel_reyes', 'amara_okafor', 'daniel_reyes', 'daniel_reyes']) {
      ends.push((await create(`usr_demo_${user}`)).status);
    }
    expect(ends).toEqual([500, 200, 500, 200]);
    expect((await post(sandbox, USERS, { user_id: 'usr_demo_daniel_reyes' })).status).toBe(200);
  });

  test('does not count as done where Plaid refuses it, and leaves nothing behind after a reset', async () => {
    sandbox.faults.set(always({ kind: 'internal_server_error', carriedOut: true }));
    await create('usr_nobody');
    expect(sandbox.done(CREATE)).toBe(0);
    await create();
    sandbox.reset();
    expect(sandbox.done(CREATE)).toBe(0);
    expect(sandbox.faults.struck).toEqual({});
  });
});

describe('random faults', () => {
  const plan = (seed: number): FaultPlan => ({
    seed,
    rules: [
      {
        share: 0.3,
        faults: FAULT_KINDS.filter((kind) => !kind.startsWith('slow')).map((kind) => ({ kind })),
      },
    ],
  });
  const bodies = Array.from({ length: 60 }, (_, index) => ({ user_id: AMARA, n: index % 30 }));

  /** The faults of each body in the order it came, which it does twice. */
  async function faults(seed: number, order: typeof bodies, atOnce: number) {
    sandbox.faults.set(plan(seed));
    sandbox.clearRequests();
    for (let from = 0; from < order.length; from += atOnce) {
      await Promise.all(
        order.slice(from, from + atOnce).map((body) => endOf(post(sandbox, USERS, body))),
      );
    }
    const seen: Record<string, (string | null)[]> = {};
    for (const { bodyText, fault } of sandbox.requests) (seen[bodyText] ??= []).push(fault);
    return seen;
  }

  test('are the same for the same seed in any order and at any number at once, and others for another', async () => {
    const first = await faults(1, bodies, 1);
    expect(await faults(1, [...bodies].reverse(), 20)).toEqual(first);
    expect(await faults(2, bodies, 20)).not.toEqual(first);
    const struck = Object.values(first).flat().filter(Boolean);
    expect(struck.length).toBeGreaterThan(6);
    expect(struck.length).toBeLessThan(30);
    expect(new Set(struck).size).toBeGreaterThan(3);
  });
});

describe('the rate limit', () => {
  test('is a token bucket', () => {
    let now = 0;
    const bucket = createBucket({ perSecond: 10, burst: 3 }, () => now);
    const take = () => bucket.take();
    expect([take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 100, 100]);
    now = 150;
    expect([take(), take()]).toEqual([0, 50]);
    now = 60_000;
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100]);
  });

  test('refuses what is over it, and such a request does not count as having come', async () => {
    sandbox.faults.set({
      limit: { perSecond: 0.001, burst: 2, retryAfter: true, path: '/user/*' },
      rules: [{ faults: [{ kind: 'institution_down' }], times: 1 }],
    });
    const get = async () => (await post(sandbox, USERS, { user_id: AMARA })).status;
    expect([await get(), await get(), await get()]).toEqual([400, 200, 429]);
    expect(sandbox.faults.struck).toEqual({ institution_down: 1, rate_limited: 1 });
    expect((await create()).status).toBe(400);
  });
});

describe('webhooks', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(async () => await receiver.close());

  test.each([
    ['lost', 0],
    ['twice', 2],
  ] as const)('%s: %i arrive', async (fault, arrive) => {
    sandbox.faults.set({ webhooks: [{ fault, code: 'USER_CHECK_REPORT_READY' }] });
    const before = receiver.received.length;
    const user_id = await newUser(sandbox);
    await post(sandbox, CREATE, createReportBody(user_id, { webhook: receiver.url }));
    await sandbox.webhooksSettled();
    expect(receiver.received.length - before).toBe(arrive);
    expect(sandbox.faults.struck).toEqual({ [`webhook_${fault}`]: 1 });
  });
});

test('another process can set the faults, and read what they struck', async () => {
  const address = `${sandbox.url}/_sandbox/faults`;
  await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(always({ kind: 'reset' })),
  });
  expect(await endOf(create())).toBe('ECONNRESET');
  expect(await (await fetch(address)).json()).toEqual({ reset: 1 });
});
