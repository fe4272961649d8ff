import { Workflow } from 'n8n-workflow';

import { captureLog } from '../../engine/log';
import { loadPackages } from '../../engine/packages';
import { operations, resources } from '../../nodes/PlaidCheck/catalog/operations';

/** What stands below the node on the canvas, as n8n evaluates it. */

let nodeTypes: Awaited<ReturnType<typeof loadPackages>>['nodeTypes'];

beforeAll(async () => {
  ({ nodeTypes } = await captureLog([], loadPackages));
});

test.each(operations.map(({ resource, operation, name }) => ({ resource, operation, name })))(
  'below the node with $resource and $operation stands what it does',
  ({ resource, operation, name }) => {
    const node = {
      id: 'node',
      name: 'Plaid Check',
      type: 'n8n-nodes-plaid-check.plaidCheck',
      typeVersion: 1,
      position: [0, 0] as [number, number],
      parameters: { resource, operation },
    };
    const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
    const { subtitle } = nodeTypes.getByNameAndVersion(node.type).description;
    const title = resources.find(({ value }) => value === resource)?.name;
    expect(workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {})).toBe(
      `${name}: ${title}`,
    );
  },
);
