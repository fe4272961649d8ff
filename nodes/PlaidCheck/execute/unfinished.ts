import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
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

/** What the editor says of a run that ended in the middle; undefined where all items were finished. */
export function hintOfUnfinished(
  cut: ReadonlyArray<Failure | undefined>,
  items: number,
  afterMs: number,
): string | undefined {
  const statuses = cut.flatMap((one) => (one ? [statusOf(one)] : []));
  if (statuses.length === 0) return undefined;
  const counts = STATUSES.map((status) => ({
    status,
    count: statuses.filter((one) => one === status).length,
  })).filter(({ count }) => count > 0);
  const finished = items - statuses.length;
  return TEXTS.endedInTheMiddle({ seconds: afterMs / 1000, items, finished, counts });
}
