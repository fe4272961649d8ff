import { requestIdsOf } from '../options/output';
import type { RunContext, Result } from '../client/retry';
import { fullReport } from './fullReport';
import type { Job } from './job';
import { lookOrCreate } from './look';
import { oneReport } from './oneReport';
import { withRequiredFacts } from './requiredFacts';
import { createAndPause } from './pause/pause';

/** Runs one item with the strategy that its operation and options choose. */
export async function runJob(run: RunContext, job: Job): Promise<Result> {
  const { operation, pause, look } = job;
  if (operation.parts) return await fullReport(run, job, operation.parts);
  const send = async (onCreated?: () => void) =>
    pause ? await createAndPause(run, job, pause) : await oneReport(run, job, onCreated);
  const result = look ? await lookOrCreate(run, job, look, send) : await send();
  const { summary } = operation;
  const reports =
    summary && 'json' in result
      ? [{ summary, answer: result.json, request: requestIdsOf(job.call) }]
      : [];
  return withRequiredFacts(result, job, reports);
}
