import type { RunResult } from '../../engine';
import type { Applicant } from './applicants';
import type { Call } from './summary';

/**
 * Why the demo counts as failed, in one paragraph: the run broke off, or an applicant did not get a
 * 200 from every step in the end. Undefined when all is well.
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
    // Steps after the first open one were not reached: it alone is the reason.
    const step = steps.find(
      (candidate) => lastCall(calls, candidate, application_id)?.exchange?.status !== 200,
    );
    if (!step) continue;
    const problem = `${step} (${outcome(lastCall(calls, step, application_id))})`;
    names.set(problem, [...(names.get(problem) ?? []), name]);
  }
  if (names.size === 0) return undefined;
  const problems = [...names].map(([problem, who]) => `${problem} for ${who.join(', ')}`);
  return `Not every applicant was answered 200 by all ${steps.length} endpoints: ${problems.join('; ')}`;
}

function lastCall(calls: Call[], step: string, applicationId: string): Call | undefined {
  return calls.filter((call) => call.step === step && call.applicationId === applicationId).at(-1);
}

function outcome(call: Call | undefined): string {
  if (!call) return 'never asked';
  return `${call.exchange ? `HTTP ${call.exchange.status}, ` : ''}${call.headline}`;
}
