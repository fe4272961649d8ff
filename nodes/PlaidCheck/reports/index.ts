import type { RunContext, Result } from '../client/retry';
import { fullReport } from './fullReport';
import type { Job } from './job';
import { oneReport } from './oneReport';
import { createAndPause } from './pause/pause';

/** The result of one item: its request, and what the options ask for beyond it. */
export async function runJob(run: RunContext, prepared: Job): Promise<Result> {
  const { operation, pause } = prepared;
  if (operation.parts) return await fullReport(run, prepared, operation.parts);
  if (pause) return await createAndPause(run, prepared, pause);
  return await oneReport(run, prepared);
}
