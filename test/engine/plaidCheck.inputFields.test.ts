import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { knownState } from '../support/samples/knownState';
import { BASE_REPORT, FULL_REPORT, goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
} from '../support/workflows/runPlaidCheck';

/** The option Include Input Fields, as the compiled node passes fields of the input item on. */

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const INPUT = {
  name: 'Amara',
  loan: { amount: 9000, term: 36 },
  user_id: AMARA,
  request_id: 'mine',
};

const include = (values: INodeParameters): INodeParameters => ({ includeInputFields: { values } });
const ALL = include({ include: 'all' });
const selected = (fieldsToInclude: string) => include({ include: 'selected', fieldsToInclude });

const CREATED = { ...byFields(CREATE, report()), user_id: '={{ $json.user_id }}' };
const LIST_PATH = '/cra/servicing/subscription/list';
const LIST = byFields(
  {
    resource: 'servicing',
    operation: 'listSubscriptions',
    path: LIST_PATH,
  },
  { user_id: AMARA },
);

const run = async (
  options: INodeParameters,
  parameters: INodeParameters = CREATED,
  items: object[] = [INPUT],
  settings = {},
) => await runPlaidCheck(sandbox, withOptions(parameters, options), items as never, settings);

test('without the option, no field travels along', async () => {
  const { json } = await run({});
  expect(json).toEqual([{ request_id: expect.any(String), user_id: AMARA }]);
  const none = await run(include({ include: 'none', fieldsToInclude: 'name' }));
  expect(none.json).toEqual([{ request_id: expect.any(String), user_id: AMARA }]);
});

test('with the option as it is added, all fields do, before the output; what both have keeps both values', async () => {
  const { json, outputs } = await run(ALL);
  expect(Object.entries(json[0] as object)).toEqual([
    ['name', 'Amara'],
    ['loan', { amount: 9000, term: 36 }],
    ['request_id', expect.stringMatching(/^(?!mine)/)],
    ['user_id', AMARA],
    ['input_user_id', AMARA],
    ['input_request_id', 'mine'],
  ]);
  expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
});

test('the fields that are taken already are not replaced either', async () => {
  const input = { request_id: 'b', input_request_id: 'a', user_id: AMARA };
  const { json } = await run(ALL, CREATED, [input]);
  expect(json).toMatchObject([{ input_request_id: 'a', input_input_request_id: 'b' }]);
});

test('an error that travels along does not make a success look like one', async () => {
  const { json } = await run(ALL, CREATED, [
    { user_id: AMARA, error: { message: 'from last time' } },
  ]);
  expect(json[0]).not.toHaveProperty('error');
  expect(json).toMatchObject([{ input_error: { message: 'from last time' } }]);
});

test('with Selected, those fields do, nested ones at their place, and one that is missing is null', async () => {
  const { json } = await run(selected('name, loan.amount,missing, a.b'));
  expect(json).toEqual([
    {
      name: 'Amara',
      loan: { amount: 9000 },
      missing: null,
      a: { b: null },
      request_id: expect.any(String),
      user_id: AMARA,
    },
  ]);
});

test('a name with a dot is that field, if there is one', async () => {
  const { json } = await run(selected('loan.amount'), CREATED, [{ ...INPUT, 'loan.amount': 1 }]);
  expect(json).toMatchObject([{ 'loan.amount': 1 }]);
  expect(json[0]).not.toHaveProperty(['loan']);
});

test.each(['', ' ', '={{ "" }}', '={{ $json.nothing }}'])(
  'Selected with the names %j sends nothing',
  async (names) => {
    const { error } = await run(selected(names));
    expect(error?.message).toContain(
      'Not sent: the option Include Input Fields > Fields to Include must name at least one input field',
    );
    expect(sandbox.requests).toEqual([]);
  },
);

test('each item takes its own fields, by an expression as well, and stays paired', async () => {
  const items = [
    { ...INPUT, n: 1, keep: 'n' },
    { ...INPUT, n: 2, keep: 'name' },
  ];
  const { json, outputs } = await run(selected('={{ $json.keep }}'), CREATED, items);
  expect(json).toMatchObject([{ n: 1 }, { name: 'Amara' }]);
  expect(json.map((one) => Object.keys(one as object).includes('name'))).toEqual([false, true]);
  expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('each entry of a list has them', async () => {
  await knownState(sandbox, LIST_PATH);
  const { json, error } = await run({ ...selected('name'), splitIntoItems: true }, LIST);
  expect(error).toBeUndefined();
  expect(json.length).toBeGreaterThan(0);
  for (const one of json) {
    expect(one).toMatchObject({
      name: 'Amara',
      subscription_id: expect.any(String),
      user_id: AMARA,
    });
  }
});

test('a simplified report and a full one have them', async () => {
  await run({});
  const get = withDefaultOutput(byFields(BASE_REPORT, { user_id: AMARA }));
  const { json } = await run(ALL, get);
  expect(json).toMatchObject([{ name: 'Amara', currency: 'USD', user_id: AMARA }]);
  const products = ['base_report', 'lend_score'];
  const full = withDefaultOutput(byFields(FULL_REPORT, { user_id: AMARA, products }));
  const { json: row } = await run(selected('name'), full);
  expect(row).toMatchObject([{ name: 'Amara', lend_score: expect.any(Number), errors: {} }]);
});

test('a preview has them', async () => {
  const { json } = await run({ ...selected('name'), previewRequest: true });
  expect(json).toMatchObject([{ name: 'Amara', method: 'POST' }]);
  expect(sandbox.requests).toEqual([]);
});

describe('an item that fails', () => {
  const failing = { ...INPUT, user_id: 'usr_nobody', error: 'of the input' };

  test('has them beside the error, whether Plaid or the node refused it', async () => {
    const { json } = await run(ALL, CREATED, [failing, { ...failing, user_id: 'usr_' }], goOn);
    const error = expect.objectContaining({ kind: expect.any(String) }) as object;
    expect(json).toEqual([
      { ...failing, error, input_error: 'of the input' },
      { ...failing, user_id: 'usr_', error, input_error: 'of the input' },
    ]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test('has on the error output what n8n puts there: all fields of the input', async () => {
    const { outputs } = await run(selected('name'), CREATED, [INPUT, failing], {
      onError: 'continueErrorOutput',
    });
    const [succeeded, failed] = outputs.map((items) => items.map(({ json }) => json));
    expect(succeeded).toMatchObject([{ name: 'Amara', request_id: expect.any(String) }]);
    expect(failed).toEqual([
      { ...failing, error: expect.objectContaining({ kind: 'plaid_error' }) },
    ]);
  });

  test('has none where the choice of them is wrong', async () => {
    const { json } = await run(include({ include: 'some' }), CREATED, [INPUT], goOn);
    expect(json).toEqual([
      {
        error: expect.objectContaining({
          message: expect.stringContaining('must be one of "all", "none", "selected", got "some"'),
        }),
      },
    ]);
  });
});

test('what comes out is a copy, so that the next node changes no input', async () => {
  const { outputs } = await run(ALL);
  const [item] = outputs[0] ?? [];
  (item?.json.loan as { amount: number }).amount = 1;
  expect(INPUT.loan.amount).toBe(9000);
});
