import { catalog } from '../../nodes/PlaidCheck/catalog';
import { NOT_IN_SDK } from './support/differences';
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

const AHEAD = NOT_IN_SDK.map(({ endpoint }) => endpoint as string);

test('the node has the 46 endpoints that the SDK has for Plaid Check, and the one that it has not yet', async () => {
  const { endpoints } = await loadSdkSchemas();
  const all = Object.keys(endpoints).filter((path) => FAMILIES.test(path));
  expect(all).toEqual(expect.arrayContaining(LEFT_OUT));
  const wanted = [...all.filter((path) => !LEFT_OUT.includes(path)), ...SANDBOX, ...AHEAD].sort();
  expect(catalog.map(({ path }) => path).sort()).toEqual(wanted);
  expect(all.filter((path) => AHEAD.includes(path))).toEqual([]);
  expect(catalog).toHaveLength(47);
});

test('every call of the node is a POST, as in the SDK', async () => {
  const { endpoints } = await loadSdkSchemas();
  const known = catalog.filter(({ path }) => !AHEAD.includes(path));
  const methods = known.map(({ path }) => [path, endpoints[path]?.method]);
  expect(methods).toEqual(known.map(({ path }) => [path, 'POST']));
});
