import type { RunResult } from '../../engine';
import type { Applicant } from './applicants';
import type { Call } from './summary';

/**
 * Why the demo failed: the run stopped, or an applicant did not finally get a 200 from every step. Undefined if it
 * succeeded.
 */
export function failureOf(
  result: RunResult,
  steps: string[],
  calls: Call[],
  applicants: Applicant[],
): string | undefined {
  if (result.status !== 'success') {
    return `The workflow ended with status "${result.status}": ${result.error?.message ?? 'no reason given'}`;
  }
  const names = new Map<string, string[]>();
  for (const { application_id, name } of applicants) {
    // Steps after the first incomplete one were not reached, so only that one is reported.
    const step = steps.find(
      (candidate) => lastCall(calls, candidate, application_id)?.exchange?.status !== 200,
    );
    if (!step) continue;
    const problem = `${step} (${outcome(lastCall(calls, step, application_id))})`;
    names.set(problem, [...(names.get(problem) ?? []), name]);
  }
  if (names.size === 0) return undefined;
  const problems = [...names].map(([problem, who]) => `${problem} for ${who.join(', ')}`);
  return `Not every applicant got a 200 from all ${steps.length} endpoints: ${problems.join('; ')}`;
}

function lastCall(calls: Call[], step: string, applicationId: string): Call | undefined {
  return calls.filter((call) => call.step === step && call.applicationId === applicationId).at(-1);
}

function outcome(call: Call | undefined): string {
  if (!call) return 'not called';
  return `${call.exchange ? `HTTP ${call.exchange.status}, ` : ''}${call.headline}`;
}
