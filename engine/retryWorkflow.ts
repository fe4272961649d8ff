import './environment';
import { WorkflowExecute } from 'n8n-core';
import type { IRunExecutionData } from 'n8n-workflow';
import { prepare, resultOf, type RunOptions, type RunResult } from './execution';
import { captureLog } from './log';
import { loadPackages } from './packages';

/**
 * Retries an execution from the node that failed, as n8n's server does for Retry in its list of executions
 * (https://github.com/n8n-io/n8n/blob/master/packages/cli/src/executions/execution.service.ts): from what its database
 * keeps, and with the nodes of the given workflow, as "with currently saved workflow" does.
 */
export async function retryWorkflow(
  options: Omit<RunOptions, 'mode'>,
  failed: Pick<RunResult, 'saved'>,
): Promise<RunResult> {
  const packages = await loadPackages();
  const data = JSON.parse(JSON.stringify(failed.saved)) as IRunExecutionData;
  const { resultData, executionData } = data;
  delete resultData.error;
  const runs = resultData.runData[resultData.lastNodeExecuted ?? ''];
  if (runs?.at(-1)?.error !== undefined) runs.pop();
  const start = () => {
    const { workflow, surroundings } = prepare({ ...options, mode: 'retry' }, packages);
    for (const next of executionData?.nodeExecutionStack ?? []) {
      next.node = workflow.getNode(next.node.name) ?? next.node;
    }
    return new WorkflowExecute(surroundings, 'retry', data).processRunExecutionData(workflow);
  };
  const log: string[] = [];
  return await captureLog(log, async () => ({ ...(await resultOf(start, options.signal)), log }));
}
