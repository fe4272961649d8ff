import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { createSubscription } from '../catalog/servicing/createSubscription';
import { IF_REPORT_EXISTS, IF_SUBSCRIPTION_EXISTS } from '../options/ifExists';
import { requestIdsOf } from '../options/output';
import type { Job } from '../reports/job';
import { summariesFor } from '../reports/requiredFacts';
import { asText } from '../utils/json';

/** How far an item came that the run did not finish in the time of Stop Starting New Items After. */
const STATUSES = ['created', 'pending', 'unknown', 'not_started'] as const;

type Status = (typeof STATUSES)[number];

/**
 * `created`: this run created the report, which was not ready yet; `pending`: the report existed and was not ready, or not read
 * in full; `unknown`: a request may have succeeded that was to be retried; otherwise nothing was created, though a look at an
 * existing report may have been billed.
 */
function statusOf({ createdReport, isReportPending, may_have_succeeded }: Failure): Status {
  if (createdReport) return 'created';
  if (isReportPending) return 'pending';
  return may_have_succeeded ? 'unknown' : 'not_started';
}

/**
 * Stands in the output for an item that was not finished, with all IDs by which the next run finds its report. Each fact that
 * was to be read is null: it is unknown, and no input field may stand in its place.
 */
export function unfinishedJson(cut: Failure, job: Job | undefined): IDataObject {
  const ids = job && requestIdsOf(job.call);
  return {
    ...Object.fromEntries(factsOf(job).map((name) => [name, null])),
    report_status: statusOf(cut),
    user_id: ids?.user_id ?? null,
    client_report_id: ids?.client_report_id ?? null,
    report_id: cut.createdReport?.reportId ?? asText(job?.call.body.report_id),
    request_id: cut.createdReport?.requestId ?? null,
  };
}

function factsOf(job: Job | undefined): readonly string[] {
  if (!job || job.output.form === 'full') return [];
  const { output, operation, call } = job;
  if (output.form === 'selected') return output.facts;
  return summariesFor(operation, call.body).flatMap((facts) => facts.map(({ name }) => name));
}

/** An item that the run did not finish. */
export interface Cut {
  failure: Failure;
  /** Undefined where it could not be read */
  job: Job | undefined;
}

/** What the editor says of a run that ended in the middle; undefined where all items were finished. */
export function hintOfUnfinished(
  cuts: ReadonlyArray<Cut | undefined>,
  items: number,
  afterMs: number,
): string | undefined {
  const known = cuts.filter((cut) => cut !== undefined);
  const statuses = known.map(({ failure }) => statusOf(failure));
  if (statuses.length === 0) return undefined;
  const counts = STATUSES.map((status) => ({
    status,
    count: statuses.filter((one) => one === status).length,
  })).filter(({ count }) => count > 0);
  const finished = items - statuses.length;
  const seconds = afterMs / 1000;
  return TEXTS.endedInTheMiddle({ seconds, items, finished, counts, goOn: waysToGoOn(known) });
}

/** How to continue without creating or paying twice, by what the items do and what they look for first. */
function waysToGoOn(cuts: readonly Cut[]): string[] {
  const look = cuts.find(({ job }) => job?.look)?.job;
  const atStake = cuts.filter(({ failure }) => statusOf(failure) !== 'not_started');
  const repeats = atStake.filter(({ job }) => job && createsAgain(job));
  const [first] = repeats;
  if (!first?.job) {
    if (look) return [TEXTS.runAllAgain(lookingOption(look))];
    const isBilled = atStake.some(({ job }) => job?.operation.billing !== undefined);
    return [TEXTS.runUnfinishedAgain, ...(isBilled ? [TEXTS.readsMayBeBilledAgain] : [])];
  }
  const found = new Set(repeats.map(({ failure }) => statusOf(failure)));
  const statuses = STATUSES.filter((status) => found.has(status));
  const { operation, call } = first.job;
  const instead = operation.makesReport
    ? TEXTS.setIfReportExists
    : operation.path === createSubscription.path
      ? TEXTS.setIfSubscriptionExists
      : call.howToVerify;
  return [
    ...(cuts.length > repeats.length ? [TEXTS.runNotStartedAgain] : []),
    TEXTS.doNotCreateAgain(statuses),
    ...(instead === null ? [] : [instead]),
  ];
}

/** Whether sending a job once more may create a second time; a read that creates looks for what exists. */
const createsAgain = ({ operation, call, look, ifReportExists: reuse }: Job): boolean => {
  const usesNone = reuse?.mode === 'notOlderThan' && reuse.maxAgeMs === 0;
  const reads = operation.readsReport === true || operation.parts !== undefined;
  return (!look || usesNone) && call.howToVerify !== null && !reads;
};

/** The option by which a job looks for what it would create. */
const lookingOption = ({ operation }: Job): string =>
  operation.makesReport ? IF_REPORT_EXISTS : IF_SUBSCRIPTION_EXISTS;
