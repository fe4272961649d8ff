import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, insights, report } from '../support/samples/applications';
import { askSandbox } from '../support/servers/askSandbox';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  BASE_REPORT,
  EVERY_PRODUCT,
  FULL_REPORT,
  goOn,
  ifExpired,
  settings,
  wait,
} from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  CREDIT_PROFILE,
  ONE_BY_ONE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';

/*
 * What the node says that Plaid bills, held against what the stand-in billed by rules of its own. The fault matrix does the same for
 * requests that fail.
 */

interface Line {
  event: string;
  status: 'certain' | 'possible' | 'none';
}
type Item = { billing?: Line[] | null; error?: object };

const PDF: Operation = {
  resource: 'checkReport',
  operation: 'getPdf',
  path: '/cra/check_report/pdf/get',
};
const GET_USER: Operation = { resource: 'user', operation: 'get', path: '/user/get' };
const LINK: Operation = {
  resource: 'linkToken',
  operation: 'create',
  path: '/link/token/create',
};
const SCORES = { products: ['cra_partner_insights'] };

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ readyAfterMs: 0 })));
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const makeReport = async (user = AMARA, more: object = {}) =>
  await askSandbox(sandbox, CREATE.path, { ...report(user), ...more });

/** Runs the node, and compares the items' bills and the hint with what the stand-in billed. */
async function bill(
  operation: Operation,
  body: object,
  {
    options = {},
    items = [{}],
    at = sandbox,
  }: { options?: INodeParameters; items?: Array<Record<string, string>>; at?: Sandbox } = {},
) {
  const parameters = withOptions(byFields(operation, body as Parameters<typeof byFields>[1]), {
    includeBilling: true,
    ...options,
  });
  const before = at.billed.length;
  const { json, nodes } = await runPlaidCheck(at, parameters, items, goOn);
  const lines = (json as Item[]).map(({ billing }) => billing ?? []);
  const certain = lines.flat().filter(({ status }) => status === 'certain');
  const billed = at.billed.slice(before).map(({ event }) => event);
  expect(certain.map(({ event }) => event).sort()).toEqual([...billed].sort());
  expect(lines.flat().filter(({ status }) => status === 'possible')).toEqual([]);
  const hint = (nodes[PLAID_CHECK]?.[0]?.hints ?? [])
    .map(({ message }) => message)
    .find((message) => message.startsWith('Plaid bills'));
  const counted = [...(hint ?? '').matchAll(/(\d+) × /g)].map(([, count]) =>
    Number(count),
  );
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(billed.length);
  return { items: json as Item[], lines, billed, hint };
}

const certain = (...events: string[]): Line[] =>
  events.map((event) => ({ event, status: 'certain' }));
const none = (...events: string[]): Line[] => events.map((event) => ({ event, status: 'none' }));

describe('one request', () => {
  test('a product bills the base report with it, once per report', async () => {
    await makeReport();
    expect((await bill(BASE_REPORT, insights())).lines).toEqual([certain('cra_base_report')]);
  });

  test('scores are billed where they are read first, or with the report that they are created with', async () => {
    await makeReport();
    expect((await bill(PARTNER_INSIGHTS, insights())).lines).toEqual([
      certain('cra_base_report', 'cra_partner_insights'),
    ]);
    expect((await bill(CREATE, { ...report(DANIEL), ...SCORES })).lines).toEqual([
      certain('cra_partner_insights'),
    ]);
    expect((await bill(CREATE, report(DANIEL))).lines).toEqual([[]]);
  });

  test('a PDF bills what it adds', async () => {
    await makeReport();
    const pdf = { ...insights(), add_ons: ['cra_income_insights'] };
    expect((await bill(PDF, pdf)).lines).toEqual([
      certain('cra_base_report', 'cra_income_insights'),
    ]);
  });

  test('a link is billed where Plaid delivers it', async () => {
    const link = {
      user_id: AMARA,
      client_name: 'Example Lending',
      language: 'en',
      country_codes: ['US'],
      user: { client_user_id: 'applicant-1', phone_number: '+14155550123' },
    };
    expect((await bill(LINK, link)).lines).toEqual([[]]);
    const sms = { ...link, hosted_link: { delivery_method: 'sms' } };
    expect((await bill(LINK, sms)).lines).toEqual([certain('link_delivery')]);
  });

  test('what Plaid rejects is not billed, and what it does not bill is an empty list', async () => {
    const { items } = await bill(BASE_REPORT, insights());
    expect(items).toEqual([{ error: expect.any(Object), billing: none('cra_base_report') }]);
    expect((await bill(GET_USER, insights())).lines).toEqual([[]]);
  });

  test('on an error output the bill is part of the error, as n8n takes an item with more beside it for no error', async () => {
    await makeReport();
    const parameters = withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), {
      includeBilling: true,
    });
    const users = [{ user: AMARA }, { user: DANIEL }];
    const { nodes } = await runPlaidCheck(sandbox, parameters, users, {
      onError: 'continueErrorOutput',
    });
    const outputs = nodes[PLAID_CHECK]?.[0]?.outputs.map((items) => items.map(({ json }) => json));
    expect(outputs).toEqual([
      [expect.objectContaining({ billing: certain('cra_base_report') })],
      // n8n adds the input.
      [{ user: DANIEL, error: expect.objectContaining({ billing: none('cra_base_report') }) }],
    ]);
  });

  test('null stands for what Plaid may bill without publishing when', async () => {
    const profile = {
      user_id: AMARA,
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      client_report_id: 'loan-1',
      inquiry_type: 'SOFT_INQUIRY',
      report_type: 'QUALIFY',
      version: 'v1',
    };
    const { items } = await bill(CREDIT_PROFILE, profile);
    expect(items).toMatchObject([{ billing: null }]);
  });

  test('nothing is added unless it is asked for, and an item that could not be sent costs nothing', async () => {
    await makeReport();
    const { json } = await runPlaidCheck(sandbox, byFields(BASE_REPORT, insights()));
    expect(json[0]).not.toHaveProperty('billing');
    const wrong = { user_id: '={{ $json.user }}' };
    const { items } = await bill(BASE_REPORT, wrong, { items: [{ user: '' }] });
    expect(items).toEqual([{ error: expect.any(Object), billing: [] }]);
  });
});

describe('several requests', () => {
  test('a full report bills the base report once beside its products', async () => {
    await makeReport();
    const { lines, billed, hint } = await bill(FULL_REPORT, {
      ...insights(),
      products: EVERY_PRODUCT,
    });
    expect(billed).toHaveLength(EVERY_PRODUCT.length);
    expect(lines[0]?.map(({ event }) => event).sort()).toEqual(
      EVERY_PRODUCT.map((product) => `cra_${product}`).sort(),
    );
    expect(hint).toContain('1 × Partner Insights (cra_partner_insights)');
  });

  test('the items of a run pay once for the same report, and each for its own', async () => {
    await makeReport();
    await makeReport(DANIEL);
    const { billed, hint } = await bill(
      BASE_REPORT,
      { user_id: '={{ $json.user }}' },
      { items: [{ user: AMARA }, { user: DANIEL }, { user: AMARA }], options: ONE_BY_ONE },
    );
    expect(billed).toHaveLength(2);
    expect(hint).toBe(
      'Plaid bills for this run: 2 × Base Report (cra_base_report); Plaid bills a product of a report once, so not again if an earlier run read it',
    );
  });

  test('a report that is created where there is none is another one', async () => {
    const read = { ...insights() };
    const fresh = { createIfExpired: { values: { ...settings } } };
    expect((await bill(BASE_REPORT, read, { options: fresh })).billed).toEqual(['cra_base_report']);
    sandbox.clock.advance(25 * 60 * 60 * 1000);
    expect((await bill(BASE_REPORT, read, { options: ifExpired })).billed).toEqual([
      'cra_base_report',
    ]);
  });

  test('a creation after a look pays for both reports that it reads', async () => {
    await makeReport(AMARA, { client_report_id: 'loan-1' });
    const { billed } = await bill(
      CREATE,
      { ...report(), client_report_id: 'loan-2', ...SCORES },
      {
        options: {
          ifReportExists: { values: { mode: 'sameClientReportId' } },
          ...wait(30),
        },
      },
    );
    expect([...billed].sort()).toEqual([
      'cra_base_report',
      'cra_base_report',
      'cra_partner_insights',
    ]);
  });

  test('a report that exists costs what the look reads', async () => {
    await makeReport(AMARA, { client_report_id: 'loan-1' });
    const { billed, lines } = await bill(
      CREATE,
      { ...report(), client_report_id: 'loan-1' },
      { options: { ifReportExists: { values: { mode: 'sameClientReportId' } } } },
    );
    expect(billed).toEqual(['cra_base_report']);
    expect(lines).toEqual([certain('cra_base_report')]);
  });

  test('polls cost nothing until the report is there, and the old report that they read meanwhile once', async () => {
    const slow = await startSandbox({ readyAfterMs: 2500, keepsOldReport: true });
    await askSandbox(slow, CREATE.path, report());
    slow.clock.advance(60_000);
    const { billed } = await bill(CREATE, report(), { at: slow, options: wait(30) });
    expect(billed).toEqual(['cra_base_report', 'cra_base_report']);
    await slow.close();
    const first = await startSandbox({ readyAfterMs: 2500 });
    expect((await bill(CREATE, report(), { at: first, options: wait(30) })).billed).toEqual([
      'cra_base_report',
    ]);
    await first.close();
  }, 30_000);
});

describe('Use the Answer of This Run', () => {
  const twice = { items: [{ user: AMARA }, { user: AMARA }, { user: DANIEL }] };
  const body = { user_id: '={{ $json.user }}' };
  const sent = () => sandbox.requests.filter(({ path }) => path === PARTNER_INSIGHTS.path).length;

  beforeEach(async () => {
    await makeReport();
    await makeReport(DANIEL);
    sandbox.clearRequests();
  });

  test('sends one request for the same user, report and request, and outputs its answer for each item', async () => {
    const { items } = await bill(PARTNER_INSIGHTS, body, {
      ...twice,
      options: { useAnswerOfRun: true },
    });
    expect(sent()).toBe(2);
    const [first, second, other] = items.map((item) => ({ ...item, billing: null }));
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('is off unless it is added', async () => {
    await bill(PARTNER_INSIGHTS, body, twice);
    expect(sent()).toBe(3);
  });

  test('shares the scores of full reports, and no reads that are free to repeat', async () => {
    await bill(
      FULL_REPORT,
      { ...body, products: ['base_report', 'partner_insights'] },
      { ...twice, options: { useAnswerOfRun: true } },
    );
    expect(sent()).toBe(2);
    expect(sandbox.requests.filter(({ path }) => path === BASE_REPORT.path)).toHaveLength(3);
  });

  test('a failure that may have been billed is shared, too, instead of sent again', async () => {
    const plaid = await startScriptedServer();
    plaid.play(answer(500, { error_code: 'INTERNAL_SERVER_ERROR', error_type: 'API_ERROR' }));
    const parameters = withOptions(byFields(PARTNER_INSIGHTS, body), {
      useAnswerOfRun: true,
      includeBilling: true,
    });
    const { json } = await runPlaidCheck(plaid, parameters, twice.items.slice(0, 2), goOn);
    expect(json).toMatchObject([
      { billing: [{ status: 'possible' }, { status: 'possible' }] },
      { error: { may_have_succeeded: true }, billing: [] },
    ]);
    await plaid.close();
  });
});

test('the simplified row keeps its columns, with billing as the last', async () => {
  await makeReport();
  const plain = withDefaultOutput(byFields(BASE_REPORT, insights()));
  const [row] = (await runPlaidCheck(sandbox, plain)).json as object[];
  const [billed] = (await runPlaidCheck(sandbox, withOptions(plain, { includeBilling: true })))
    .json as object[];
  expect(Object.keys(billed ?? {})).toEqual([...Object.keys(row ?? {}), 'billing']);
});
