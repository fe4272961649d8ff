import type { INodeParameters, JsonObject, JsonValue } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { BASE_REPORT, FULL_REPORT } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';

/** The option Leave Out Personal Data, as the compiled node outputs what Plaid sends. */

let sandbox: Sandbox;
let base: JsonObject;
let personal: string[];

const user_id = AMARA;
const GET = byFields(BASE_REPORT, { user_id });
/** Also the payer of an income stream, which a decision needs and which is not left out. */
const EMPLOYER = 'Meridian Health Systems';

const LEAVE_OUT = { leaveOutPersonalData: true };

const run = async (parameters: INodeParameters, options: INodeParameters = {}) =>
  await runPlaidCheck(sandbox, withOptions(parameters, options));

/** All texts at names such as `owners`, wherever they stand. */
function textsAt(value: JsonValue | undefined, names: readonly string[], isIn = false): string[] {
  if (typeof value === 'string') return isIn ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    textsAt(member as JsonValue, names, isIn || names.includes(name)),
  );
}

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
  await run(byFields(CREATE, report()));
  [base] = (await run(GET)).json as [JsonObject];
  // Short ones, such as "US" or "home", are also parts of other words.
  const told = textsAt(base, ['owners', 'original_description', 'merchant_name', 'account_owner']);
  personal = [...new Set(told)].filter((text) => text.length > 7 && text !== EMPLOYER);
});
afterAll(async () => await sandbox.close());

const personalIn = (value: unknown) => {
  const text = JSON.stringify(value);
  return personal.filter((one) => text.includes(JSON.stringify(one)));
};

test('Plaid sends personal data, which a full report has', () => {
  expect(personal.length).toBeGreaterThan(10);
  expect(personalIn(base)).toEqual(personal);
});

test('a full report leaves it out, and keeps everything else', async () => {
  const { json } = await run(GET, LEAVE_OUT);
  expect(personalIn(json)).toEqual([]);
  const [account] = (base as never as { report: Report }).report.items[0]?.accounts ?? [];
  const [left] = (json[0] as { report: Report }).report.items[0]?.accounts ?? [];
  expect(account).toHaveProperty('mask');
  expect(Object.keys(left ?? {})).toEqual(
    Object.keys(account ?? {}).filter((name) => !['mask', 'name', 'owners'].includes(name)),
  );
  expect(left?.transactions.map(({ amount, date }) => [amount, date])).toEqual(
    account?.transactions.map(({ amount, date }) => [amount, date]),
  );
  const off = await run(GET, { leaveOutPersonalData: false });
  expect(off.json).toHaveLength(1);
  expect(personalIn(off.json)).toEqual(personal);
});

interface Report {
  items: Array<{ accounts: Array<JsonObject & { transactions: JsonObject[] }> }>;
}

test('a simplified report has none either way, and the same facts', async () => {
  const get = withDefaultOutput(GET);
  const [plain, without] = [await run(get), await run(get, LEAVE_OUT)];
  expect(personalIn(plain.json)).toEqual([]);
  const { request_id: one, ...facts } = plain.json[0] as JsonObject;
  const { request_id: other, ...same } = without.json[0] as JsonObject;
  expect([one, other]).toEqual([expect.any(String), expect.any(String)]);
  expect(same).toEqual(facts);
});

test('selected fields have null for it, and their lists without it', async () => {
  const owners = 'report.items[0].accounts[0].owners';
  const outputPaths = [owners, 'report.items', 'report.report_id'];
  const selected = { ...GET, output: 'selected', outputFacts: ['account_count'], outputPaths };
  const asked = await run(selected);
  expect(personalIn(asked.json)).toEqual(personal);
  const { json } = await run(selected, LEAVE_OUT);
  expect(personalIn(json)).toEqual([]);
  expect(json).toEqual([
    {
      account_count: expect.any(Number),
      [owners]: null,
      'report.items': [expect.anything()],
      'report.report_id': expect.any(String),
    },
  ]);
});

test.each(['full', 'simplified'])(
  'a full report of several products, %s, leaves it out',
  async (output) => {
    const products = ['base_report', 'income_insights', 'partner_insights'];
    const get = { ...byFields(FULL_REPORT, { user_id, products }), output };
    const { json } = await run(get, LEAVE_OUT);
    expect(personalIn(json)).toEqual([]);
    expect(json).toMatchObject([{ errors: {} }]);
  },
);

test('a user, a custom call and a preview leave it out', async () => {
  const get: Operation = { resource: 'user', operation: 'get', path: '/user/get' };
  const user = await run(byFields(get, { user_id }));
  const { json } = await run(byFields(get, { user_id }), LEAVE_OUT);
  expect(Object.keys(user.json[0] as object)).toContain('identity');
  expect(Object.keys(json[0] as object)).not.toContain('identity');
  expect(json).toMatchObject([{ user_id, request_id: expect.any(String) }]);

  const custom = {
    resource: 'customCall',
    operation: 'send',
    customPath: BASE_REPORT.path,
    customBody: JSON.stringify({ user_id }),
  };
  expect(personalIn((await run(custom)).json)).toEqual(personal);
  const called = await run(custom, LEAVE_OUT);
  expect(personalIn(called.json)).toEqual([]);
  expect(called.json).toMatchObject([{ report: { report_id: expect.any(String) } }]);

  const create: Operation = { resource: 'user', operation: 'create', path: '/user/create' };
  const identity = { emails: [{ data: 'jo@example.com', primary: true }] };
  const preview = { ...LEAVE_OUT, previewRequest: true };
  const body = JSON.stringify({ client_user_id: 'a', identity });
  const json_ = { ...create, specifyRequest: 'json', jsonBody: body };
  const previewed = await run({ ...json_, path: undefined } as never, {
    ...preview,
    validateRequest: false,
  });
  expect(previewed.json).toMatchObject([{ body: { client_user_id: 'a' } }]);
  expect(JSON.stringify(previewed.json)).not.toContain('jo@example.com');
});

test.each(['', ' ', '={{ $json.nothing }}'])(
  'the option as %j, which says neither, sends nothing',
  async (given) => {
    sandbox.clearRequests();
    const { error } = await run(GET, { leaveOutPersonalData: given });
    expect(error?.message).toBe(
      'Not sent: the option Leave Out Personal Data must be true or false, got empty text',
    );
    expect(sandbox.requests).toEqual([]);
  },
);
