import { readFileSync } from 'node:fs';

import { ANY_CODE, EVENTS } from '../../nodes/PlaidCheck/trigger/events';
import { SAMPLES } from '../support/samples/webhookSamples';

/** Every webhook that Plaid's SDK has a type for: its `webhook_type` and `webhook_code` are in the types' comments. */
const SDK = readFileSync(require.resolve('plaid/dist/api.d.ts'), 'utf8');
const WEBHOOKS = [...SDK.matchAll(/^export interface (\w+Webhook) \{$(.*?)^\}$/gms)].flatMap(
  ([, name = '', fields = '']) => {
    const type = valueIn(fields, 'webhook_type');
    const code = valueIn(fields, 'webhook_code');
    return type && code ? [{ name, key: `${type}.${code}`, type }] : [];
  },
);

function valueIn(fields: string, field: string): string | undefined {
  const comments = [...fields.matchAll(/\/\*\*(.*?)\*\/\s*(\w+)\??:/gs)];
  const comment = comments.find(([, , name]) => name === field)?.[1] ?? '';
  return /`(?:\\")?(\w+)(?:\\")?`/.exec(comment)?.[1];
}

/** What Plaid Check and Hosted Link send; of other products only what the table names. */
const OURS = /^(CHECK_REPORT|CASH_FLOW_UPDATES|CRA_\w+|BASE_REPORT|LINK)$/;

/** Events that `plaid` 47 does not have yet (Plaid's OpenAPI from 2020-09-14_1.762.0 on). */
const NOT_IN_SDK = ['CRA_REPORT.CRA_REPORT_READY'];

const keys = (list: ReadonlyArray<{ key: string }>) => list.map(({ key }) => key);
const named = EVENTS.filter(({ code }) => code !== ANY_CODE).map(
  ({ type, code }) => `${type}.${code}`,
);

test("the SDK's webhooks are found", () => {
  expect(WEBHOOKS.length).toBeGreaterThan(85);
  expect(keys(WEBHOOKS)).toContain('TRANSACTIONS.SYNC_UPDATES_AVAILABLE');
});

test('every webhook of Plaid Check can be chosen, and everything that can be chosen exists', () => {
  const ours = WEBHOOKS.filter(({ type }) => OURS.test(type));
  console.log(
    `${named.length} webhooks can be chosen by name; the SDK has ${ours.length} of Plaid Check and Hosted Link`,
  );
  expect(keys(ours).filter((key) => !named.includes(key))).toEqual([]);
  expect(named.filter((key) => !keys(WEBHOOKS).includes(key))).toEqual(NOT_IN_SDK);
});

test('all codes of a type can be chosen where it has several of some use', () => {
  const types = EVENTS.filter(({ code }) => code === ANY_CODE).map(({ type }) => type);
  expect(types.sort()).toEqual(['CASH_FLOW_UPDATES', 'CHECK_REPORT', 'LINK']);
});

test('no choice comes twice, by value or by name', () => {
  expect(new Set(named).size).toBe(named.length);
  expect(new Set(EVENTS.map(({ name }) => name)).size).toBe(EVENTS.length);
});

test('the tests have a sample of each', () => {
  const samples = SAMPLES.map(
    ({ webhook_type, webhook_code }) => `${webhook_type}.${webhook_code}`,
  );
  expect(samples.sort()).toEqual([...named].sort());
});
