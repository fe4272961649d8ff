import {
  ALL_EVENTS,
  ANY_CODE,
  EVENTS,
  OTHER_EVENTS,
} from '../../../nodes/PlaidCheck/trigger/events';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { listenTrigger, triggerNode } from '../../support/workflows/listenTrigger';
import { subtitleOf } from '../../support/workflows/subtitle';
import { READY, REVOKED, SAMPLES, UPDATED } from '../../support/samples/webhookSamples';

const OTHERS = [
  { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: 'item_1' },
  { webhook_type: 'ITEM', webhook_code: 'ERROR', item_id: 'item_1', error: null },
  { webhook_type: 'CHECK_REPORT', webhook_code: 'CHECK_REPORT_FROM_THE_FUTURE', user_id: 'usr_1' },
  { webhook_type: 'CHECK_REPORT', webhook_code: '*' },
  { webhook_type: 'constructor', webhook_code: 'toString' },
  { webhook_code: 'CHECK_REPORT_READY' },
  { webhook_type: null, webhook_code: 7 },
  {},
];
const ALL: ReadonlyArray<Record<string, unknown>> = [
  ...SAMPLES.map((sample) => ({ ...sample })),
  ...OTHERS,
];

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** Sends webhooks to a trigger with these parameters. The items of those that started it, in the order they were sent. */
async function selected(
  webhooks: ReadonlyArray<object>,
  parameters: Parameters<typeof listenTrigger>[1],
): Promise<Record<string, unknown>[]> {
  const trigger = await listenTrigger(sandbox, parameters);
  for (const webhook of webhooks) {
    const body = JSON.stringify(webhook);
    const { status } = await trigger.post(body, sandbox.signWebhook(body));
    expect(status).toBe(200);
  }
  const items = await trigger.items();
  await trigger.close();
  return items;
}

const bodies = (items: Record<string, unknown>[]) => items.map(({ body }) => body);

describe('each choice starts the workflow with its own webhooks and no others', () => {
  const seen = new Set<string>();

  test.each(EVENTS)('$type $code', async ({ type, code }) => {
    const items = await selected(ALL, { events: [`${type}.${code}`] });
    expect(items.length).toBeGreaterThan(0);
    expect(bodies(items)).toEqual(
      ALL.filter(
        ({ webhook_type, webhook_code }) =>
          webhook_type === type && (code === ANY_CODE || webhook_code === code),
      ),
    );
    seen.add(`${type}.${code}`);
  });

  test('other', async () => {
    expect(bodies(await selected(ALL, { events: [OTHER_EVENTS] }))).toEqual(OTHERS);
  });

  test('all, which is the default', async () => {
    expect(bodies(await selected(ALL, { events: [ALL_EVENTS] }))).toEqual(ALL);
    expect(bodies(await selected(ALL, {}))).toEqual(ALL);
  });

  test('several', async () => {
    const events = ['CHECK_REPORT.CHECK_REPORT_READY', 'CRA_REPORT.CRA_REPORT_UPDATED'];
    expect(bodies(await selected(ALL, { events }))).toEqual([READY, UPDATED]);
  });

  test('none', async () => {
    expect(await selected(ALL, { events: [] })).toEqual([]);
  });

  test('of an expression that gives one or several', async () => {
    const one = '={{ "CHECK_REPORT.CHECK_REPORT_READY" }}';
    const two = '={{ ["CHECK_REPORT.CHECK_REPORT_READY", "ITEM.USER_ACCOUNT_REVOKED"] }}';
    expect(bodies(await selected(ALL, { events: one }))).toEqual([READY]);
    expect(bodies(await selected(ALL, { events: two }))).toEqual([READY, REVOKED]);
  });

  test('every choice was tried', () => {
    console.log(`${seen.size + 2} choices of events, each tried with ${ALL.length} webhooks`);
    expect(seen.size).toBe(EVENTS.length);
  });
});

describe('filters', () => {
  const production = { ...READY, environment: 'production' };
  const other = { ...READY, user_id: 'usr_other' };
  const nowhere = { ...READY, environment: undefined };
  const nobody = { ...READY, user_id: undefined };
  const some = [READY, production, other, nowhere, nobody];

  test.each([
    [{}, some],
    [{ environment: 'sandbox' }, [READY, other, nobody]],
    [{ environment: 'production' }, [production]],
    [{ userIds: [] }, some],
    [{ userIds: [READY.user_id] }, [READY, production, nowhere]],
    [{ userIds: [`={{ " ${READY.user_id} " }}`, 'usr_x'] }, [READY, production, nowhere]],
    [{ userIds: ['usr_x'] }, []],
    [{ userIds: ['usr_other'], environment: 'sandbox' }, [other]],
    [{ userIds: ['undefined'] }, []],
    [{ userIds: [''] }, some],
    [{ userIds: ['', READY.user_id] }, [READY, production, nowhere]],
    [{ userIds: '={{ null }}' }, some],
    [{ userIds: '={{ undefined }}' }, some],
    [{ userIds: '={{ 7 }}' }, []],
    [{ userIds: `={{ "${READY.user_id}" }}` }, [READY, production, nowhere]],
    [{ userIds: `={{ "usr_x, ${READY.user_id}," }}` }, [READY, production, nowhere]],
    [{ userIds: `={{ ["${READY.user_id}", null] }}` }, [READY, production, nowhere]],
    [null, some],
  ])('%j', async (filters, expected) => {
    expect(bodies(await selected(some, { filters }))).toEqual(expected);
  });
});

test.each([
  [['*'], 'All events'],
  [['CHECK_REPORT.CHECK_REPORT_READY'], '1 event'],
  [['CHECK_REPORT.CHECK_REPORT_READY', OTHER_EVENTS], '2 events'],
])('below the node with %j stands "%s"', async (events, expected) => {
  expect(await subtitleOf(triggerNode({ events }))).toBe(expected);
});

describe('the item', () => {
  test('holds type, code, ids, environment and when it came, and the whole webhook', async () => {
    const before = Date.now();
    const [item] = await selected([UPDATED], {});
    expect(item).toEqual({
      event_key: expect.stringMatching(/^\d{4}-\d\d-\d\d\.[0-9a-f]{32}$/),
      delivery_key: expect.stringMatching(/^\d{4}-\d\d-\d\d\.[0-9a-f]{32}$/),
      content_key: expect.stringMatching(/^\w{32}$/),
      webhook_type: 'CRA_REPORT',
      webhook_code: 'CRA_REPORT_UPDATED',
      report_id: UPDATED.report_id,
      user_id: UPDATED.user_id,
      environment: 'sandbox',
      received_at: expect.any(String),
      body: UPDATED,
    });
    const receivedAt = String(item?.received_at);
    expect(new Date(receivedAt).toISOString()).toBe(receivedAt);
    expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(before);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['an Item, an account and a user', { ...REVOKED }, ['item_id', 'user_id', 'account_id']],
    [
      'a Link session',
      { webhook_type: 'LINK', link_session_id: 's', link_token: 't' },
      ['link_session_id'],
    ],
    ['a subscription', { subscription_id: 'sub' }, ['subscription_id']],
    [
      'null, numbers, lists and nothing',
      { user_id: null, item_id: 7, item_ids: ['a'], report_id: '' },
      [],
    ],
  ])('ids: %s', async (_name, webhook, ids) => {
    const [item = {}] = await selected([webhook], {});
    expect(
      Object.keys(item)
        .filter((name) => name.endsWith('_id'))
        .sort(),
    ).toEqual(ids.sort());
    expect(item).toMatchObject(Object.fromEntries(ids.map((id) => [id, webhook[id]])));
    expect(Object.values(item)).not.toContain(null);
    expect(Object.values(item)).not.toContain(undefined);
  });

  test('names that come from outside do not take the place of its own', async () => {
    const webhook = { event_key: 'x', received_at: 'y', body: 'z', ['__proto__']: { a: 1 } };
    const [item] = await selected([webhook], {});
    expect(item).toMatchObject({ event_key: expect.stringMatching(/\./), body: { body: 'z' } });
    expect(item?.received_at).not.toBe('y');
  });
});
