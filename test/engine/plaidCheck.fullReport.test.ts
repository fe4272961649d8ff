import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { FULL_REPORT, goOn, ifExpired, wait } from '../support/workflows/reportRuns';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const paths = () => sandbox.requests.map(({ path }) => path);

describe('Get Full Report', () => {
  const products = [
    'base_report',
    'cashflow_insights',
    'income_insights',
    'lend_score',
    'network_insights',
    'partner_insights',
  ];
  const get = byFields(FULL_REPORT, { user_id: AMARA, products });
  const create = () => runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));

  test('gives all products in one item, each as its own endpoint gives it', async () => {
    await create();
    sandbox.clearRequests();
    const { json } = await runPlaidCheck(sandbox, get);
    expect(json).toHaveLength(1);
    const [item] = json as [Record<string, unknown>];
    expect(Object.keys(item).sort()).toEqual([...products, 'errors'].sort());
    expect(item.errors).toEqual({});
    expect(paths().sort()).toEqual(products.map((name) => `/cra/check_report/${name}/get`).sort());
    expect(sandbox.requests.map(({ json: body }) => body)).toEqual(
      products.map(() => ({ user_id: AMARA })),
    );
  });

  test('in short, gives the facts of each', async () => {
    await create();
    const { json } = await runPlaidCheck(sandbox, { ...get, output: 'simplified' });
    expect(json).toMatchObject([
      {
        lend_score: { lend_score: expect.any(Number) },
        base_report: { item_count: expect.any(Number) },
      },
    ]);
    expect(JSON.stringify(json).length).toBeLessThan(20_000);
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
      const { json, status } = await runPlaidCheck(plaid, get);
      expect(status).toBe('success');
      const others = products.filter((name) => name !== 'income_insights');
      expect(json).toEqual([
        {
          ...Object.fromEntries(
            others.map((name) => [name, { from: `/cra/check_report/${name}/get` }]),
          ),
          errors: { income_insights: expect.objectContaining({ error_code: 'DATA_UNAVAILABLE' }) },
        },
      ]);

      plaid.play(answer(400, error));
      const failed = await runPlaidCheck(plaid, get, [{}], goOn);
      expect(failed.json).toMatchObject([{ error: { error_code: 'DATA_UNAVAILABLE' } }]);
    } finally {
      await plaid.close();
    }
  });

  test('makes a missing report once for all of them', async () => {
    const { json } = await runPlaidCheck(sandbox, withOptions(get, ifExpired));
    expect(json).toMatchObject([{ errors: {}, lend_score: expect.any(Object) }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });
});
