import type { INodePropertyOptions } from 'n8n-workflow';
import { operations } from '../../nodes/PlaidCheck/catalog/operations';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';
import { PlaidCheckTrigger } from '../../nodes/PlaidCheck/PlaidCheckTrigger.node';
import known from 'n8n-nodes-base/dist/known/nodes.json';

/** What n8n's AI workflow builder reads of the nodes. */

const { description } = new PlaidCheck();
const { description: trigger } = new PlaidCheckTrigger();

const hintsOf = () =>
  description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap(({ options = [], displayOptions }) =>
      (options as INodePropertyOptions[]).map(({ value, builderHint }) => ({
        operation: `${displayOptions?.show?.resource?.join()}.${value}`,
        hint: builderHint?.propertyHint,
      })),
    );

test.each([
  ['the node', description],
  ['the trigger', trigger],
])('%s says what it is for, and names nodes that exist', (_, { builderHint }) => {
  expect(builderHint?.searchHint).toMatch(/prefer it over/);
  const own = [description, trigger].map(({ name }) => `n8n-nodes-plaid-check.${name}`);
  const nodes = [...own, ...Object.keys(known).map((name) => `n8n-nodes-base.${name}`)];
  for (const { nodeType } of builderHint?.relatedNodes ?? []) expect(nodes).toContain(nodeType);
});

test('the operations that create or read a report, and no others but one, say what goes with them', () => {
  const about = operations
    .filter(({ makesReport, readsReport }) => makesReport ?? readsReport)
    .map(({ resource, operation }) => `${resource}.${operation}`);
  const hinted = hintsOf().filter(({ hint }) => hint !== undefined);
  expect(hinted.map(({ operation }) => operation).sort()).toEqual(
    [...about, 'servicing.createSubscription'].sort(),
  );
});

test('hints name options by the names that the form has', () => {
  const names = JSON.stringify(description.properties);
  for (const label of [
    'If a Report Exists',
    'If a Subscription Exists',
    'Wait Until Ready',
    'Create Report If Expired',
    'Create Report If Missing or Expired',
  ]) {
    expect(hintsOf().some(({ hint }) => hint?.includes(label))).toBe(true);
    expect(names).toContain(`"displayName":"${label}"`);
  }
});
