import './environment';
import { prepare, resultOf, type RunOptions, type RunResult } from './execution';
import { captureLog } from './log';
import { loadPackages } from './packages';
import { startExecution } from './releases';

/**
 * Runs a workflow in this process with n8n's own engine, nodes and request helpers; the project's
 * nodes come from `dist`. Failures of the workflow are in the result; it rejects only when the
 * packages can't be loaded.
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const packages = await loadPackages();
  const start = () => startExecution(prepare(options, packages), options.mode ?? 'manual');
  const log: string[] = [];
  return await captureLog(log, async () => ({ ...(await resultOf(start, options.signal)), log }));
}
