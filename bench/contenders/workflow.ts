import type { INode } from 'n8n-workflow';

import { runWorkflow, workflowOfNode } from '../../engine';
import type { Job } from '../job';
import { KEYS } from '../request';

/**
 * Runs one node on an item for each user with n8n's own engine, in as many concurrent executions as the case has, and returns
 * the JSON of the output items in the order of the users.
 * If the case has a rate limit, the node continues on errors, so that every success is counted; otherwise it stops, the
 * default.
 */
export async function answersThrough(
  { url, users, runs, limitPerSecond }: Job,
  { type, typeVersion, parameters }: Pick<INode, 'type' | 'typeVersion' | 'parameters'>,
): Promise<unknown[]> {
  const node: INode = {
    id: 'node',
    name: 'Node',
    type,
    typeVersion,
    position: [220, 0],
    parameters,
    credentials: { plaidCheckApi: { id: '1', name: 'Plaid' } },
    onError: limitPerSecond > 0 ? 'continueRegularOutput' : 'stopWorkflow',
  };
  const answersTo = async (some: readonly string[]) => {
    const { nodes, error } = await runWorkflow({
      workflow: workflowOfNode(
        node,
        some.map((user_id) => ({ user_id })),
      ),
      credentials: { plaidCheckApi: { environment: 'custom', customBaseUrl: url, ...KEYS } },
    });
    if (error) throw error;
    return (nodes.Node?.[0]?.outputs[0] ?? []).map(({ json }) => json);
  };
  const size = Math.ceil(users.length / runs);
  const parts = Array.from({ length: Math.min(runs, users.length) }, (_, run) =>
    users.slice(run * size, (run + 1) * size),
  );
  return (await Promise.all(parts.map(answersTo))).flat();
}
