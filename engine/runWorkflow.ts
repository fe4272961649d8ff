import './environment';
import { WorkflowExecute } from 'n8n-core';
import { prepare, resultOf, type RunOptions, type RunResult } from './execution';
import { captureLog } from './log';
import { loadPackages } from './packages';

/**
 * Runs a workflow in this process with n8n's own engine, nodes and request helpers; the project's
 * nodes come from `dist`. Failures of the workflow are in the result; it rejects only when the
 * packages can't be loaded.
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const packages = await loadPackages();
  const start = () => {
    const { workflow, surroundings, pinData } = prepare(options, packages);
    return new WorkflowExecute(surroundings, options.mode ?? 'manual').run({ workflow, pinData });
  };
  const log: string[] = [];
  return await captureLog(log, async () => ({ ...(await resultOf(start, options.signal)), log }));
}
