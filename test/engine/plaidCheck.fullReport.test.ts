import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { EVERY_PRODUCT, FULL_REPORT, goOn, ifExpired, wait } from '../support/workflows/reportRuns';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  byJson,
  CREATE,
  runPlaidCheck,
  withDefaultOutput,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const CONTINUE = { ifProductFails: 'continue' };

const paths = () => sandbox.requests.map(({ path }) => path);

describe('Get Full Report', () => {
  const products = EVERY_PRODUCT;
  const get = byFields(FULL_REPORT, { user_id: AMARA, products });
  const create = () => runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));

  test('gives all products in one item, each as its own endpoint gives it', async () => {
    await create();
    sandbox.clearRequests();
    const { json } = await runPlaidCheck(sandbox, get);
    expect(json).toHaveLength(1);
    const [item] = json as [Record<string, unknown>];
    expect(Object.keys(item).sort()).toEqual([...products, 'complete', 'errors'].sort());
    expect(item).toMatchObject({ complete: true, errors: [] });
    expect(paths().sort()).toEqual(products.map((name) => `/cra/check_report/${name}/get`).sort());
    expect(sandbox.requests.map(({ json: body }) => body)).toEqual(
      products.map(() => ({ user_id: AMARA })),
    );
  });

  test.each([
    [
      'once each',
      ['partner_insights', 'partner_insights'],
      /products must contain each value once/,
    ],
    ['known', ['base_report', 'fraud_insights'], /products/],
  ])('reads products that are %s, and nothing otherwise', async (_what, list, message) => {
    await create();
    sandbox.clearRequests();
    const body = JSON.stringify({ user_id: AMARA, products: list });
    const { error } = await runPlaidCheck(sandbox, byJson(FULL_REPORT, body));
    expect(error?.message).toMatch(message);
    expect(sandbox.requests).toEqual([]);
  });

  test('is never complete without a product that it does not know, and reads none twice, unchecked as well', async () => {
    await create();
    sandbox.clearRequests();
    const unchecked = (list: string[]) =>
      withOptions(byJson(FULL_REPORT, JSON.stringify({ user_id: AMARA, products: list })), {
        validateRequest: false,
      });
    const { error } = await runPlaidCheck(sandbox, unchecked(['base_report', 'fraud_insights']));
    expect(error?.message).toContain('"fraud_insights"');
    expect(sandbox.requests).toEqual([]);
    await runPlaidCheck(sandbox, unchecked(['lend_score', 'lend_score']));
    expect(paths()).toEqual(['/cra/check_report/lend_score/get']);
  });

  test('in short, is one flat row, with the product before names that several have', async () => {
    await create();
    const { json } = await runPlaidCheck(sandbox, withDefaultOutput(get));
    const [item] = json as [Record<string, unknown>];
    expect(item).toMatchObject({
      lend_score: expect.any(Number),
      prism_cash_score: expect.any(Number),
      ultrafico_score: null,
      base_report_item_count: expect.any(Number),
      partner_insights_item_count: expect.any(Number),
      user_id: AMARA,
      report_id: expect.any(String),
      complete: true,
      errors: [],
    });
    const nested = products.filter((name) => name !== 'lend_score');
    expect(Object.keys(item).filter((name) => nested.includes(name))).toEqual([]);
    expect(
      Object.keys(item).filter((name) => /^(base_report_)?(account_count|is_complete)$/.test(name)),
    ).toEqual(['account_count', 'base_report_is_complete']);
    expect(JSON.stringify(json).length).toBeLessThan(20_000);
  });

  test('in short, has the same columns for fewer products and where one of them fails', async () => {
    await create();
    const wanted = { user_id: AMARA, products: ['base_report', 'lend_score'] };
    const two = withDefaultOutput(byFields(FULL_REPORT, wanted));
    const { json } = await runPlaidCheck(sandbox, two);
    const columns = Object.keys(json[0] as object);
    expect(columns).toEqual(expect.arrayContaining(['base_report_request_id', 'lend_score']));
    expect(columns.filter((name) => /partner|prism|ultrafico/.test(name))).toEqual([]);
    const plaid = await startScriptedServer();
    try {
      const error = plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'no score');
      plaid.play((response, request, index) => {
        const isScore = request.path.includes('lend_score');
        const play = isScore ? answer(400, error) : answer(200, { request_id: 'one' });
        play(response, request, index);
      });
      const failed = await runPlaidCheck(plaid, withOptions(two, CONTINUE));
      expect(Object.keys(failed.json[0] as object)).toEqual(columns);
      expect(failed.json).toMatchObject([
        {
          complete: false,
          lend_score: null,
          user_id: AMARA,
          errors: [{ product: 'lend_score', error_code: 'DATA_UNAVAILABLE' }],
        },
      ]);
    } finally {
      await plaid.close();
    }
  });

  test('keeps the error of one product beside the answers of the others', async () => {
    const plaid = await startScriptedServer();
    try {
      const income = '/cra/check_report/income_insights/get';
      const error = plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'no income data');
      plaid.play((response, request, index) => {
        const play =
          request.path === income ? answer(400, error) : answer(200, { from: request.path });
        play(response, request, index);
      });
      const { json, status, nodes } = await runPlaidCheck(plaid, withOptions(get, CONTINUE));
      expect(status).toBe('success');
      const others = products.filter((name) => name !== 'income_insights');
      expect(json).toEqual([
        {
          complete: false,
          ...Object.fromEntries(
            others.map((name) => [name, { from: `/cra/check_report/${name}/get` }]),
          ),
          errors: [
            expect.objectContaining({ product: 'income_insights', error_code: 'DATA_UNAVAILABLE' }),
          ],
        },
      ]);

      expect(nodes[PLAID_CHECK]?.[0]?.hints).toMatchObject([
        { message: expect.stringMatching(/^1 of 1 item is incomplete/), type: 'warning' },
        {
          message: expect.stringMatching(
            /^Plaid bills for this run: 1 × Base Report \(cra_base_report\), /,
          ),
          type: 'info',
        },
      ]);

      plaid.play(answer(400, error));
      const failed = await runPlaidCheck(plaid, get, [{}], goOn);
      expect(failed.json).toMatchObject([{ error: { error_code: 'DATA_UNAVAILABLE' } }]);
    } finally {
      await plaid.close();
    }
  });

  test.each([
    ['lend_score', false],
    ['base_report', true],
  ])('fails the item where %s alone fails, and says what was read', async (failing, isBilled) => {
    const plaid = await startScriptedServer();
    try {
      const down = answer(503, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'down'));
      plaid.play((response, request, index) => {
        const isDown = request.path === `/cra/check_report/${failing}/get`;
        (isDown ? down : answer(200, { request_id: 'read' }))(response, request, index);
      });
      const names = isBilled ? products : products.filter((name) => name !== 'partner_insights');
      const asked = byFields(FULL_REPORT, { user_id: AMARA, products: names });
      const once = { retry: { values: { maxAttempts: 1 } } };
      const { json } = await runPlaidCheck(plaid, withOptions(asked, once), [{}], goOn);
      expect(json).toMatchObject([
        {
          error: {
            error_code: 'INTERNAL_SERVER_ERROR',
            message: expect.stringContaining(`could not be read (${failing})`),
            next_step: expect.stringContaining('If a Product Fails'),
            may_have_succeeded: isBilled,
            attempts: names.map(() => expect.any(Object)),
          },
        },
      ]);
      expect(json[0]).not.toHaveProperty('complete');
    } finally {
      await plaid.close();
    }
  });

  test.each(['', null])('does not go on where the option is %j', async (ifProductFails) => {
    const parameters = withOptions(get, { ifProductFails: '={{ $json.choice }}' });
    const { json } = await runPlaidCheck(sandbox, parameters, [{ choice: ifProductFails }], goOn);
    expect(json).toMatchObject([{ error: { kind: 'not_sent' } }]);
  });

  test('makes a missing report once for all of them', async () => {
    const { json } = await runPlaidCheck(sandbox, withOptions(get, ifExpired));
    expect(json).toMatchObject([{ complete: true, errors: [], lend_score: expect.any(Object) }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });
});
