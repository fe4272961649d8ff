import { operations, resources } from '../../nodes/PlaidCheck/catalog/operations';
import { subtitleOf } from '../support/workflows/subtitle';

test.each(operations.map(({ resource, operation, name }) => ({ resource, operation, name })))(
  'below the node with $resource and $operation stands what it does',
  async ({ resource, operation, name }) => {
    const title = resources.find(({ value }) => value === resource)?.name;
    const subtitle = await subtitleOf({
      id: 'node',
      name: 'Plaid Check',
      type: 'n8n-nodes-plaid-check.plaidCheck',
      typeVersion: 1,
      position: [0, 0],
      parameters: { resource, operation },
    });
    expect(subtitle).toBe(`${name}: ${title}`);
  },
);
