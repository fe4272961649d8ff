import { catalog, plaidResources } from '../../../nodes/PlaidCheck/catalog';
import { triggerProperties } from '../../../nodes/PlaidCheck/trigger/properties';

test('the notice names operations that are there and take the address of a webhook', () => {
  const notice = triggerProperties.find(({ type }) => type === 'notice')?.displayName ?? '';
  const [, list = ''] = /the Webhook URL field of (.*?), or into/.exec(notice) ?? [];
  const named = list.split(/, | or /);
  expect(named.length).toBeGreaterThan(2);
  for (const each of named) {
    const [resourceName, operationName] = each.split(': ');
    const resource = plaidResources.find(({ name }) => name === resourceName)?.value;
    const endpoint = catalog.find((one) => one.resource === resource && one.name === operationName);
    const field = endpoint?.fields.find(({ name }) => name === 'webhook');
    expect({ each, label: field?.label.name }).toEqual({ each, label: 'Webhook URL' });
  }
});
