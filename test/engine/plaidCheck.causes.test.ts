import { DISCONNECTED_USER, startSandbox, type Sandbox } from '../../sandbox/server';
import { report } from '../support/samples/applications';
import { factsOf, plaidError, readable } from '../support/faults/failures';
import { BASE_REPORT, goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  ONCE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** What Plaid breaks an error down into: which Item is to blame, and for what. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const read = withOptions(byFields(BASE_REPORT, { user_id: 'usr_1' }), ONCE);

const LOGIN = {
  error_type: 'ITEM_ERROR',
  error_code: 'ITEM_LOGIN_REQUIRED',
  error_message: 'the login details of this item have changed',
  display_message: 'The login details of this account have changed.',
};
const LOCKED = { ...LOGIN, error_code: 'ITEM_LOCKED', display_message: null };

/** Both ways a failure is shown: as an item's data, and as the error that n8n stops at. */
async function failing(causes: unknown, code = 'DATA_UNAVAILABLE') {
  const error = plaidError('CHECK_REPORT_ERROR', code, 'not enough data');
  server.play(answer(400, { ...error, causes }));
  const facts = factsOf(await runPlaidCheck(server, read, [{}], goOn));
  const { error: stopped } = await runPlaidCheck(server, read);
  return { facts, description: readable(stopped?.description) };
}

test('the causes are data of the item, and the text names the Items', async () => {
  const causes = [
    { item_id: 'item-of-platypus', ...LOGIN, error_code_reason: null },
    { item_id: 'item-of-houndstooth', ...LOCKED },
  ];
  const { facts, description } = await failing(causes);
  expect(facts.causes).toEqual([
    { item_id: 'item-of-platypus', ...LOGIN },
    { item_id: 'item-of-houndstooth', ...LOCKED },
  ]);
  const said =
    'Caused by ITEM_LOGIN_REQUIRED of Item item-of-platypus; ITEM_LOCKED of Item item-of-houndstooth';
  expect(facts.next_step).toMatch(new RegExp(`^${said}\\. .*update mode`));
  expect(description).toContain(said);
});

test.each([
  ['none', undefined],
  ['null', null],
  ['an empty list', []],
  ['text', 'broken'],
  ['a list of anything else', ['broken', 7, null, ['x']]],
])('causes that are %s change nothing', async (_, causes) => {
  const { facts, description } = await failing(causes);
  expect(facts).not.toHaveProperty('causes');
  expect(facts).toMatchObject({ error_code: 'DATA_UNAVAILABLE', message: expect.any(String) });
  expect(description).not.toContain('Caused by');
});

test('a cause without an Item or a code is told as far as Plaid tells it', async () => {
  const { facts } = await failing([{ error_message: 'the bank is closed', item_id: 12 }, {}]);
  const unknown = {
    item_id: null,
    error_type: null,
    error_code: null,
    error_message: null,
    display_message: null,
  };
  expect(facts.causes).toEqual([{ ...unknown, error_message: 'the bank is closed' }, unknown]);
  expect(facts.next_step).toContain(
    'Caused by the bank is closed of Item unknown; unknown error of Item unknown',
  );
});

test('five hundred causes stay in the data, and do not flood the text', async () => {
  const causes = Array.from({ length: 500 }, (_, index) => ({
    item_id: `item-${index}`,
    ...(index % 2 === 0 ? LOGIN : { ...LOGIN, error_code: `CODE_${index}`.repeat(100) }),
  }));
  const { facts, description } = await failing(causes);
  expect(facts.causes).toHaveLength(500);
  expect(facts.next_step).toContain('item-0, item-2, item-4, item-6, item-8 and 245 more');
  expect(facts.next_step).toContain('and 246 more errors');
  expect(facts.next_step?.length).toBeLessThan(1200);
  expect(description.length).toBeLessThan(1500);
});

test('a text of Plaid in a cause stays text in the error view', async () => {
  server.play(
    answer(400, {
      ...plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'no data'),
      causes: [{ ...LOGIN, item_id: '<img src=x onerror=alert(1)>' }],
    }),
  );
  const { error } = await runPlaidCheck(server, read);
  expect(String(error?.description)).toContain('Item &lt;img src=x');
  expect(String(error?.description)).not.toContain('<img');
});

test('where the error has no next step of its own, that of its causes is told', async () => {
  const { facts } = await failing([{ item_id: 'item-1', ...LOGIN }], 'SOME_NEW_CODE');
  expect(facts.next_step).toMatch(/ITEM_LOGIN_REQUIRED of Item item-1\. Ask the person to sign in/);
});

describe('in the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
  });
  afterAll(() => sandbox.close());

  test('the causes of a report without data name the Items of the user', async () => {
    const user = DISCONNECTED_USER.user_id;
    await runPlaidCheck(sandbox, byFields(CREATE, report(user)));
    const get = byFields(BASE_REPORT, { user_id: user });
    const facts = factsOf(await runPlaidCheck(sandbox, get, [{}], goOn));
    expect(facts).toMatchObject({
      error_code: 'DATA_UNAVAILABLE',
      causes: [{ item_id: expect.any(String), error_code: 'ITEM_LOGIN_REQUIRED' }],
    });
  });

  test('a report that was just created and has no data tells them too', async () => {
    const user = DISCONNECTED_USER.user_id;
    const create = withOptions(byFields(CREATE, report(user)), {
      waitUntilReady: { values: { maxWait: 5 } },
    });
    const facts = factsOf(await runPlaidCheck(sandbox, create, [{}], goOn));
    expect(facts).toMatchObject({ kind: 'report_failed', may_have_succeeded: true });
    expect(facts.causes).toEqual([expect.objectContaining({ error_code: 'ITEM_LOGIN_REQUIRED' })]);
    expect(facts.next_step).toMatch(/Caused by ITEM_LOGIN_REQUIRED of Item \w+/);
  });
});
