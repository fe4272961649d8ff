import { catalog } from '../../nodes/PlaidCheck/catalog';
import { isPlaidCheck, LEFT_OUT, SANDBOX } from './api/plaidCheck';
import { NOT_IN_SDK } from './support/differences';
import { loadSdkSchemas } from '../../sandbox/oracle/cache';

const AHEAD = NOT_IN_SDK.map(({ endpoint }) => endpoint as string);

test('the node has the 46 endpoints that the SDK has for Plaid Check, and the one that it has not yet', async () => {
  const { endpoints } = await loadSdkSchemas();
  const all = Object.keys(endpoints);
  expect(all).toEqual(expect.arrayContaining([...LEFT_OUT, ...SANDBOX]));
  const wanted = [...all.filter(isPlaidCheck), ...AHEAD].sort();
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
