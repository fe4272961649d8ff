import type { INode, INodeParameters } from 'n8n-workflow';
import { runWorkflow } from '../../../engine/index';
import { PLAID_CHECK, plaidCheckWorkflow } from './plaidCheckWorkflow';
import { credentialFor, type Account } from './runPlaidCheck';

/**
 * Runs many Plaid Check nodes one after another in one workflow, each with parameters of its own, and
 * gives the JSON of the items of each in that order; errors come out as items. One workflow for all is
 * many times faster than one for each.
 */
export async function runPlaidCheckNodes(
  account: Account,
  parameters: readonly INodeParameters[],
): Promise<unknown[]> {
  const { nodes, ...workflow } = plaidCheckWorkflow({}, [{}]);
  const [start, template] = nodes as [INode, INode];
  const checks = parameters.map((own, index) => ({
    ...template,
    id: `${template.id}-${index}`,
    name: `${PLAID_CHECK} ${index}`,
    parameters: own,
    onError: 'continueRegularOutput' as const,
  }));
  const names = [start, ...checks].map(({ name }) => name);
  const result = await runWorkflow({
    workflow: {
      ...workflow,
      nodes: [start, ...checks],
      connections: Object.fromEntries(
        checks.map(({ name }, index) => [
          names[index] ?? '',
          { main: [[{ node: name, type: 'main', index: 0 }]] },
        ]),
      ),
    },
    credentials: { plaidCheckApi: credentialFor(account) },
  });
  return checks.flatMap(({ name }) =>
    (result.nodes[name]?.[0]?.outputs[0] ?? []).map((item) => item.json),
  );
}
