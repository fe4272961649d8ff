import type { INode, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, insights, report } from '../support/samples/applications';
import {
  answer,
  answerText,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { BASE_REPORT, FULL_REPORT } from '../support/workflows/reportRuns';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  CREATE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
} from '../support/workflows/runPlaidCheck';

const HOUR = 60 * 60 * 1000;

let sandbox: Sandbox;
let plaid: ScriptedServer;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 0 });
  plaid = await startScriptedServer();
});
afterAll(async () => await Promise.all([sandbox.close(), plaid.close()]));
beforeEach(() => sandbox.reset());

/** The warnings that n8n shows at the output; plaidCheck.billing.test.ts is about the bill beside them. */
async function hints(
  parameters: INodeParameters,
  {
    items = 1,
    settings = {},
    at = sandbox as { url: string },
  }: {
    items?: number;
    settings?: Partial<INode>;
    at?: { url: string };
  } = {},
): Promise<string[]> {
  const all = Array.from({ length: items }, () => ({}));
  const { nodes, status } = await runPlaidCheck(at, parameters, all, settings);
  expect(status).toBe('success');
  return (nodes[PLAID_CHECK]?.[0]?.hints ?? [])
    .filter(({ type }) => type === 'warning')
    .map(({ message }) => message);
}

const create = byFields(CREATE, report());
const read = byFields(BASE_REPORT, { user_id: AMARA });

describe("n8n's Retry On Fail", () => {
  const retryOnFail = { settings: { retryOnFail: true } };
  const HINT = expect.stringMatching(/Retry On Fail is on .* Turn it off/);

  test('is warned of for what creates or is billed', async () => {
    expect(await hints(create, retryOnFail)).toEqual([HINT]);
    expect(await hints(byFields(PARTNER_INSIGHTS, insights()), retryOnFail)).toEqual([HINT]);
  });

  test('is not warned of for reads that are safe to repeat, nor where it is off', async () => {
    expect(await hints(create)).toEqual([]);
    expect(await hints(read, retryOnFail)).toEqual([]);
  });
});

describe('many items that may be billed', () => {
  test.each([
    [49, []],
    [50, [expect.stringContaining('Plaid may bill 50 requests of this run')]],
  ])('%d', async (items, expected) => {
    const all = await hints(create, { items });
    expect(all.filter((hint) => hint.startsWith('Plaid may bill'))).toEqual(expected);
  });

  test('are counted before they are sent, where the node only previews', async () => {
    const preview = withOptions(create, { previewRequest: true });
    expect(await hints(preview, { items: 50 })).toContain(
      'Plaid may bill 50 requests once Preview Request is removed',
    );
  });
});

describe('items that create a report for the same user', () => {
  const own = { ...report(), client_report_id: '={{ "loan-" + $itemIndex }}' };

  test.each([
    ['with the same request', create, '5 items created a report for the same user'],
    ['with IDs of their own', byFields(CREATE, own), '5 items created a report for the same user'],
    [
      'and are previewed',
      withOptions(create, { previewRequest: true }),
      '5 items would create a report for the same user',
    ],
    [
      'of which there are two',
      byFields(CREATE, {
        ...report(),
        user_id: `={{ $itemIndex % 2 ? "${AMARA}" : "${DANIEL}" }}`,
      }),
      '5 items created a report for only 2 users',
    ],
  ])('%s', async (_, parameters, start) => {
    expect(await hints(parameters, { items: 5 })).toEqual([
      expect.stringMatching(new RegExp(`^${start}, .* use the option If a Report Exists$`)),
    ]);
  });

  test('are not told of where If a Report Exists is set, nor where each has its own user', async () => {
    const one = { ifReportExists: { values: { mode: 'notOlderThan', maxAge: 1 } } };
    expect(await hints(withOptions(create, one), { items: 5 })).toEqual([]);
    const user_id = `={{ $itemIndex ? "${AMARA}" : "${DANIEL}" }}`;
    expect(await hints(byFields(CREATE, { ...report(), user_id }), { items: 2 })).toEqual([]);
  });
});

describe('a report that is about to expire', () => {
  const made = (ageMs: number) => new Date(Date.now() - ageMs).toISOString();
  const reports = (time: string) =>
    answer(200, { report: { date_generated: time }, request_id: 'r' });

  test.each([
    [19, false],
    [21, true],
    [25, false],
  ])('at the age of %d hours', async (hours, isWarned) => {
    plaid.play(reports(made(hours * HOUR)));
    const shown = await hints(read, { at: plaid });
    expect(shown).toEqual(
      isWarned ? [expect.stringContaining('The report expires in less than 4 hours')] : [],
    );
  });

  test('is told of a full report in short, too', async () => {
    plaid.play(reports(made(22 * HOUR)));
    const products = ['base_report'];
    const full = withDefaultOutput(byFields(FULL_REPORT, { user_id: AMARA, products }));
    expect(await hints(full, { at: plaid })).toEqual([
      expect.stringContaining('The report expires in less than 4 hours'),
    ]);
  });

  test('is counted', async () => {
    let nth = 0;
    plaid.play((response, request, index) =>
      reports(made((nth++ === 0 ? 1 : 22) * HOUR))(response, request, index),
    );
    expect(await hints(read, { items: 3, at: plaid })).toEqual([
      expect.stringContaining('2 of 3 reports expire'),
    ]);
  });

  test('of a subscription has another lifetime', async () => {
    plaid.play(reports(made(22 * HOUR)));
    const named = byFields(BASE_REPORT, {
      user_id: AMARA,
      report_id: 'cra-report-1',
      consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
    });
    expect(await hints(named, { at: plaid })).toEqual([]);
  });
});

describe('answers that n8n may be unable to save', () => {
  /** Four of them are 152 MB; spaces cost the test no memory. */
  const large = () =>
    answerText(200, 'application/json', `{"report":{},"request_id":"r"${' '.repeat(38_000_000)}}`);
  const HINT = expect.stringMatching(
    /^The answers of 4 items in this execution are 152 MB\. .* at most 512 MB.*Simplified.*sub-workflow/,
  );

  test.each([
    ['four in full', 4, read, [HINT]],
    ['three in full', 3, read, []],
    ['facts of four', 4, withDefaultOutput(read), []],
  ])('%s', async (_what, items, parameters, expected) => {
    plaid.play(large());
    expect(await hints(parameters, { items, at: plaid })).toEqual(expected);
  });
});
