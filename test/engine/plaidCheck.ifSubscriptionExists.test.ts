import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';

const SUBSCRIBE: Operation = {
  resource: 'servicing',
  operation: 'createSubscription',
  path: '/cra/servicing/subscription/create',
};
const LIST = '/cra/servicing/subscription/list';

const INCOME = { product: 'cra_income_insights', version: 'II1' };
const BASE = { product: 'cra_base_report', version: 'V1' };
const subscription = (user_id = AMARA) => ({
  user_id,
  scope: 'CLIENT_USER',
  products: [INCOME, BASE],
});

const USE = { ifSubscriptionExists: 'useExisting' };

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const run = async (
  body: INodeParameters = subscription(),
  options: INodeParameters = USE,
  items: Array<Record<string, string>> = [{}],
) =>
  (await runPlaidCheck(sandbox, withOptions(byFields(SUBSCRIBE, body), options), items, goOn)).json;

const created = () => sandbox.requests.filter(({ path }) => path === SUBSCRIBE.path).length;

describe('Servicing: Create Subscription, with If a Subscription Exists', () => {
  test('lists first, creates where there is none, and uses the one there is from then on', async () => {
    const [first] = await run();
    expect(sandbox.requests.map(({ path }) => path)).toEqual([LIST, SUBSCRIBE.path]);
    const { subscription_id } = first as { subscription_id: string };
    const [again] = await run();
    expect(again).toMatchObject({ subscription_id, subscription_status: 'existing' });
    expect(created()).toBe(1);
  });

  test('without the option it creates another, and looks for nothing', async () => {
    await run(subscription(), {});
    await run(subscription(), {});
    expect(sandbox.requests.map(({ path }) => path)).toEqual([SUBSCRIBE.path, SUBSCRIBE.path]);
  });

  test.each([
    ['the products in another order', { products: [BASE, INCOME] }, 1],
    ['fewer of its products', { products: [BASE] }, 1],
    ['another scope', { scope: 'PLAID_NETWORK' }, 2],
    ['another version', { products: [{ ...BASE, version: 'V2' }] }, 2],
    ['a product more', { products: [BASE, INCOME, { product: 'cra_qualify', version: 'V1' }] }, 2],
  ])('%s', async (_, changed, total) => {
    await run();
    await run({ ...subscription(), ...changed });
    expect(created()).toBe(total);
  });

  test('one with another webhook or cadence is named, and none is created', async () => {
    await run({ ...subscription(), webhook: 'https://example.com/one' });
    const [refused] = await run({
      ...subscription(),
      webhook: 'https://example.com/two',
      cadence: 'DAILY',
    });
    expect(refused).toMatchObject({
      error: {
        kind: 'report_conflict',
        message: expect.stringContaining('different webhook and cadence'),
        next_step: expect.stringMatching(/cra-sub-sandbox-.*Update Subscription/),
        may_have_succeeded: false,
      },
    });
    expect(created()).toBe(1);
  });

  test('items of one run for the same user create once', async () => {
    const items = [{ user: AMARA }, { user: DANIEL }, { user: AMARA }];
    const json = await run(subscription('={{ $json.user }}'), USE, items);
    const ids = json.map((one) => (one as { subscription_id: string }).subscription_id);
    expect(ids[2]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(2);
    expect(created()).toBe(2);
  });

  test('a list that fails leads to no creation', async () => {
    const plaid = await startScriptedServer();
    try {
      plaid.play(answer(400, plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 'down')));
      const parameters = withOptions(byFields(SUBSCRIBE, subscription()), {
        ...USE,
        retry: { values: { maxAttempts: 1 } },
      });
      const { json } = await runPlaidCheck(plaid, parameters, [{}], goOn);
      expect(json).toMatchObject([
        { error: { message: expect.stringContaining('Nothing was created') } },
      ]);
      expect(plaid.requests.map(({ path }) => path)).toEqual([LIST]);
    } finally {
      await plaid.close();
    }
  });

  test('Preview Request shows both requests, of which the list is not known to be billed', async () => {
    const [preview] = await run(subscription(), { ...USE, previewRequest: true });
    expect(preview).toMatchObject({
      requests: [
        { url: `${sandbox.url}${LIST}`, body: { user_id: AMARA }, may_be_billed: null },
        { url: `${sandbox.url}${SUBSCRIBE.path}`, may_be_billed: true },
      ],
    });
    expect(sandbox.requests).toEqual([]);
  });
});
