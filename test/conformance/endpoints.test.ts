import { catalog } from '../../nodes/PlaidCheck/catalog';
import { loadSdkSchemas } from '../../sandbox/oracle/cache';

/** Families of which the node has every endpoint that is not left out below. */
const FAMILIES = /^\/(cra|user|oauth|link\/token)\//;

/** Endpoints of Plaid's Sandbox that make something of Plaid Check happen; the others are for other products. */
const SANDBOX = [
  '/sandbox/public_token/create',
  '/sandbox/user/reset_login',
  '/sandbox/user/fire_webhook',
  '/sandbox/cra/cashflow_updates/update',
  '/sandbox/cra/servicing/simulate',
];

/** These refresh data of other products, such as Transactions; a consumer report is made anew instead. */
const LEFT_OUT = ['/user/financial_data/refresh', '/user/transactions/refresh'];

test('the node has the 46 endpoints that the SDK has for Plaid Check', async () => {
  const { endpoints } = await loadSdkSchemas();
  const all = Object.keys(endpoints).filter((path) => FAMILIES.test(path));
  expect(all).toEqual(expect.arrayContaining(LEFT_OUT));
  const wanted = [...all.filter((path) => !LEFT_OUT.includes(path)), ...SANDBOX].sort();
  expect(catalog.map(({ path }) => path).sort()).toEqual(wanted);
  expect(catalog).toHaveLength(46);
});

test('every call of the node is a POST, as in the SDK', async () => {
  const { endpoints } = await loadSdkSchemas();
  const methods = catalog.map(({ path }) => [path, endpoints[path]?.method]);
  expect(methods).toEqual(catalog.map(({ path }) => [path, 'POST']));
});
