import type { IDataObject } from 'n8n-workflow';
import { runWorkflow, type RunOptions, type RunResult, type WorkflowJson } from '../../engine';
import { withApplicants } from '../../examples/demo/applicants';
import { DEMO_PERSONAS } from '../../nodes/PlaidCheck/demo/personas';
import { DEMO_USERS, PERSONAS, startSandbox, type Sandbox } from '../../sandbox/server';
import { DEMO_CREDENTIAL } from '../support/workflows/runDemo';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The two examples about both report APIs: one decides by either, the other lists where they differ. */

const DECISION = readExample('decision-both-apis');
const COMPARE = readExample('compare-apis');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

type Credential = NonNullable<RunOptions['credentials']>[string];

async function run(workflow: WorkflowJson, credential?: Credential): Promise<RunResult> {
  const plaidCheckApi = credential ?? credentialFor(sandbox);
  return runWorkflow({ workflow, credentials: { plaidCheckApi } });
}

async function succeed(...given: Parameters<typeof run>): Promise<RunResult> {
  const result = await run(...given);
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return result;
}

const about = (users: readonly string[]) =>
  users.map((user_id) => ({
    application_id: user_id,
    user_id,
    name: user_id,
    loan_amount: 15_000,
    term_months: 36,
  }));

/** The example with its switch set, and nothing else changed. */
function deciding(api: string, users: readonly string[]): WorkflowJson {
  const example = structuredClone(withApplicants(DECISION, about(users)));
  const settings = example.nodes.find(({ name }) => name === 'Settings');
  const { assignments } = settings?.parameters.assignments as { assignments: IDataObject[] };
  for (const one of assignments) if (one.name === 'api') one.value = api;
  return example;
}

const jsonOf = ({ nodes }: RunResult, name: string): IDataObject[] =>
  (nodes[name] ?? []).flatMap(({ outputs: [first = []] }) => first.map(({ json }) => json));

/** What is decided about each user, and why. */
async function decisions(api: string, users: readonly string[], credential?: Credential) {
  const result = await succeed(deciding(api, users), credential);
  const ends = [...jsonOf(result, 'Decision'), ...jsonOf(result, 'Could Not Decide')];
  const decided = new Map(ends.map((one) => [one.application_id, one]));
  return users.map((user_id) => {
    const { decision, reasons = [] } = decided.get(user_id) ?? {};
    return [user_id, decision, ...(reasons as string[])];
  });
}

/** Plaid makes version 1 of income insights in the legacy API alone. */
const ONLY_VERSION_1 = 'usr_persona_income_version_1';
const APPLICANTS = DEMO_USERS.map(({ user_id }) => user_id);
const EVERYBODY = [...APPLICANTS, ...PERSONAS.map(({ user_id }) => user_id), 'usr_nobody'];

describe('decision-both-apis.json', () => {
  test('one field chooses the API, and the decision about everybody is the same', async () => {
    const asked = () => new Set(sandbox.requests.map(({ path }) => path));
    const current = await decisions('current', EVERYBODY);
    expect(asked()).toEqual(new Set(['/cra/report/get', '/cra/report/create']));
    sandbox.reset();
    const legacy = await decisions('legacy', EVERYBODY);
    expect(asked()).toEqual(
      new Set(['/cra/check_report/income_insights/get', '/cra/check_report/create']),
    );

    const same = (all: typeof legacy) =>
      all.filter(([user_id]) => user_id !== ONLY_VERSION_1 && user_id !== 'usr_nobody');
    expect(same(current)).toEqual(same(legacy));
    expect(legacy).toContainEqual([ONLY_VERSION_1, 'REFER', 'Income is unknown']);
    expect(current).toContainEqual([ONLY_VERSION_1, 'APPROVE']);
    for (const all of [legacy, current]) {
      expect(all.at(-1)).toEqual([
        'usr_nobody',
        'NOT_DECIDED',
        expect.anything(),
        expect.anything(),
      ]);
    }
    const short = Object.fromEntries(
      legacy.map(([user_id, ...rest]) => [
        String(user_id).replace(/^usr_(demo|persona)_/, ''),
        rest,
      ]),
    );
    expect(short).toMatchObject({
      amara_okafor: ['APPROVE'],
      daniel_reyes: ['DECLINE', 'The payments would take too much of the income'],
      fraud_alert: [
        'VERIFY_IDENTITY',
        'The person has placed a fraud alert on their consumer report',
      ],
      item_failed: ['REFER', 'Plaid could not read every bank'],
      no_income: ['REFER', 'Income is unknown'],
      linked_twice: ['REFER', 'A bank may be linked twice'],
    });
  });

  test('decides the same in the demo', async () => {
    const users = DEMO_PERSONAS.map(({ user_id }) => user_id);
    const [current, legacy] = [
      await decisions('current', users, DEMO_CREDENTIAL),
      await decisions('legacy', users, DEMO_CREDENTIAL),
    ];
    expect(current).toEqual(legacy);
    expect(current.map(([, decision]) => decision)).toEqual([
      'APPROVE',
      'DECLINE',
      'APPROVE',
      'REFER',
      // A pension that is too small for this loan.
      'DECLINE',
    ]);
  });

  test('as it is: approves and declines', async () => {
    const result = await succeed(DECISION);
    const counts = ['Approved', 'Declined'].map((name) => jsonOf(result, name).length);
    expect(counts).toEqual([3, 2]);
  });

  /** Everything known, and good. */
  const FACTS = {
    application_id: 'APP-1',
    applicant: 'Amara Okafor',
    user_id: 'usr_demo_amara_okafor',
    loan_amount: 12_000,
    term_months: 36,
    has_fraud_alert: false,
    is_complete: true,
    bank_connections: 1,
    banks: 1,
    currency: 'USD',
    monthly_net_income: 5000,
    active_income_streams: 1,
  };

  /** What is decided on facts as given. */
  async function decide(change: object, settings: object = {}) {
    const example = deciding('current', APPLICANTS.slice(0, 1));
    const pinData = {
      Facts: [{ json: { ...FACTS, ...change }, pairedItem: { item: 0 } }],
      Settings: [
        { json: { api: 'current', maximum_payment_to_income: 0.12, ...settings } as IDataObject },
      ],
    };
    const [{ decision, reasons } = {}] = jsonOf(await succeed({ ...example, pinData }), 'Decision');
    return [decision, ...(reasons as string[])];
  }

  const loan = 'The loan amount or the term is unknown';
  const connections = 'The number of bank connections is unknown';
  const streams = 'The number of active income streams is unknown';
  const cutOff = 'The policy lacks a cut-off';
  test.each<[string, object, object, string[]]>([
    ['nothing is wrong', {}, {}, ['APPROVE']],
    ['no income', { monthly_net_income: 0 }, {}, ['REFER', 'No income']],
    ['a negative income', { monthly_net_income: -20 }, {}, ['REFER', 'No income']],
    [
      'no income, and streams unknown',
      { monthly_net_income: 0, active_income_streams: null },
      {},
      ['REFER', 'No income', streams],
    ],
    ['streams unknown', { active_income_streams: null }, {}, ['REFER', streams]],
    ['no bank at all', { bank_connections: 0, banks: 0 }, {}, ['REFER', connections]],
    ['banks unknown', { bank_connections: null, banks: 0 }, {}, ['REFER', connections]],
    ['a loan of 0', { loan_amount: 0 }, {}, ['REFER', loan]],
    ['no term', { term_months: null }, {}, ['REFER', loan]],
    ['no cut-off', {}, { maximum_payment_to_income: undefined }, ['REFER', cutOff]],
    ['a cut-off of null', {}, { maximum_payment_to_income: null }, ['REFER', cutOff]],
  ])('with %s', async (_, change, settings, decided) => {
    expect(await decide(change, settings)).toEqual(decided);
  });

  test('another value of the field stops the workflow before a request', async () => {
    const { status, error } = await run(deciding('newer', APPLICANTS));
    expect([status, error?.message]).toEqual([
      'error',
      'The field api of Settings must be legacy or current, not newer',
    ]);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('compare-apis.json', () => {
  const factsOf = (rows: IDataObject[], found_in: string) =>
    new Set(rows.filter((row) => row.found_in === found_in).map(({ fact }) => fact));

  test('lists each fact of both APIs, and says that those of one file are the same', async () => {
    const users = [...APPLICANTS.slice(0, 2), 'usr_persona_linked_twice'];
    const result = await succeed(withApplicants(COMPARE, about([...users, 'usr_nobody'])));
    const rows = jsonOf(result, 'All Facts');
    expect(jsonOf(result, 'Differences')).toEqual([]);
    expect(rows).toContainEqual({
      user_id: users[0],
      fact: 'item_count',
      legacy: 1,
      current: 1,
      found_in: 'both',
      same: true,
    });
    expect(factsOf(rows, 'both').size).toBeGreaterThanOrEqual(31);
    expect(factsOf(rows, 'legacy')).toContain('credit_utilization');
    expect(factsOf(rows, 'current')).toContain('qualify_attributes');
    expect(new Set(rows.map(({ user_id }) => user_id))).toEqual(new Set(users));
    const created = sandbox.requests.filter(({ path }) => path.endsWith('/create'));
    expect(new Set(created.map(({ path }) => path))).toEqual(
      new Set(['/cra/report/create', '/cra/check_report/create']),
    );
    // With each API once.
    expect(jsonOf(result, 'Could Not Compare').map(({ user_id }) => user_id)).toEqual([
      'usr_nobody',
      'usr_nobody',
    ]);
  });

  test('keeps what differs apart', async () => {
    const result = await succeed(withApplicants(COMPARE, about([ONLY_VERSION_1])));
    const differences = jsonOf(result, 'Differences');
    expect(differences).toContainEqual(
      expect.objectContaining({
        user_id: ONLY_VERSION_1,
        fact: 'current_monthly_net_income',
        legacy: null,
        current: expect.any(Number),
        same: false,
      }),
    );
    const rows = jsonOf(result, 'All Facts');
    expect(differences).toEqual(rows.filter(({ same }) => same === false));
    expect(differences.map(({ fact }) => fact)).not.toContain('item_count');
  });

  test('shows a gap of the base report that income insights do not have', async () => {
    const example = withApplicants(COMPARE, about(APPLICANTS.slice(0, 1)));
    // The base report makes the report that both read.
    await succeed(example);
    const warnings = [{ warning_code: 'TRANSACTIONS_UNAVAILABLE' }];
    const json = { is_complete: false, warnings, currency: 'USD', request_id: 'r1' };
    const pinData = { 'Legacy Base Report': [{ json, pairedItem: { item: 0 } }] };
    const rows = jsonOf(await succeed({ ...example, pinData }), 'All Facts');
    const gap = rows.filter(({ same }) => same === false);
    expect(gap).toMatchObject([
      { fact: 'base_report_is_complete', legacy: false, current: true, found_in: 'both' },
      { fact: 'base_report_warnings', legacy: warnings, current: [], found_in: 'both' },
    ]);
    const names = rows.map(({ fact }) => fact);
    expect(names).toEqual(expect.arrayContaining(['is_complete', 'warnings', 'currency']));
    expect(names).not.toContain('base_report_currency');
    expect(names).not.toContain('base_report_request_id');
  });

  test('finds no difference in the demo', async () => {
    const result = await succeed(COMPARE, DEMO_CREDENTIAL);
    expect(jsonOf(result, 'Could Not Compare')).toEqual([]);
    expect(jsonOf(result, 'Differences')).toEqual([]);
    expect(factsOf(jsonOf(result, 'All Facts'), 'both').size).toBeGreaterThanOrEqual(31);
  });
});
