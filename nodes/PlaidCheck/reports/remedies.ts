import { NO_REPORT, notReadyOf } from '../client/errorCodes';
import type { Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { isOptionOf, optionField } from '../options/read';
import type { Job } from './job';

/** The options that create a report where there is none; each operation has one of them at most. */
const CREATE_OPTIONS = ['createIfExpired', 'createReportIfExpired'] as const;

type Remedied = Pick<Job, 'operation' | 'waitUntilReady'> & Partial<Pick<Job, 'ifExpired'>>;

/** A failure with what only the operation and its options tell: what may have happened, and which option avoids it. */
export function ofOperation(failed: Failure, job: Remedied): Failure {
  const { makesReport, billing } = job.operation;
  const stake = failed.stake ?? (makesReport ? 'report' : billing ? 'bill' : undefined);
  const remedy = failed.kind === 'plaid_error' ? remedyFor(failed, job) : undefined;
  return {
    ...failed,
    ...(stake && { stake }),
    // A part of a full report has it already.
    steps: [...new Set([...(remedy === undefined ? [] : [remedy]), ...failed.steps])],
  };
}

function remedyFor(failed: Failure, job: Remedied): string | undefined {
  const { operation, waitUntilReady, ifExpired } = job;
  const has = (name: Parameters<typeof isOptionOf>[0]) => isOptionOf(name, operation);
  if (notReadyOf(failed) === 'report') {
    const isMissing = !waitUntilReady && has('waitUntilReady');
    return isMissing ? TEXTS.waitOption(optionField('waitUntilReady').label.name) : undefined;
  }
  if (!NO_REPORT.has(failed.error_code ?? '') || ifExpired) return undefined;
  const option = CREATE_OPTIONS.find(has);
  return option && TEXTS.createOption(optionField(option).label.name);
}
