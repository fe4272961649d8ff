import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { operationAt } from '../catalog/operations';
import { isFailure, type Failure, type ItemRecord } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import type { RequestWatch, Result } from '../client/retry';
import { executionOf } from '../reports/pause/execution';
import type { Job } from '../reports/job';
import { asText } from '../utils/json';
import { ID_NAMES, idsOf, type ExecutionIds, type Ids } from './executionIds';
import type { Work } from './readItems';

/**
 * What a run has created and read at any moment, with all IDs: n8n drops the output of a node that fails or is cancelled. The
 * error of a node that fails holds it. Of a node that is cancelled n8n takes nothing but what stands in the execution at that
 * very moment, so it is written there then: to the node's memory, to the execution data, and to n8n's log.
 */
export interface Journal {
  /** Watches the requests of items */
  watch: (from: number, work: Work['work']) => RequestWatch;
  /** Notes the outcome of an item */
  note: (item: number, job: Job, result: Result, end: INodeExecutionData[] | Failure) => void;
  /** What is not read first, then what is finished, in the order of the items */
  records: () => ItemRecord[];
  close: () => void;
}

/** More than a night's run has; they take about 2 MB of what n8n saves. */
const MAX_RECORDS = 10_000;

/** About 15 kB: log collectors cut longer lines. */
const RECORDS_PER_LINE = 100;

/** Its key in the node's memory. */
const REPORTS = 'reports';

/** How far an item is. */
interface Progress {
  ids: Ids;
  /** Requests that create something or may be billed, and whose answer is not output yet */
  open: number;
  /** Unknown while a request is open, otherwise nothing is at stake */
  status?: 'created' | 'finished';
  /** Where it has no outcome yet */
  job?: Job;
}

const NOT_WATCHED: RequestWatch = { sent: () => undefined, ended: () => undefined };

export function openJournal(context: IExecuteFunctions, executionIds: ExecutionIds): Journal {
  // n8n's Retry brings back the memory of the execution that it retries.
  Reflect.deleteProperty(executionOf(context)?.memory ?? {}, REPORTS);
  const byItem = new Map<number, Progress>();
  let finished = 0;
  const progressOf = (item: number, job: Job): Progress => {
    const known = byItem.get(item) ?? { job, open: 0, ids: idsOf(job) };
    byItem.set(item, known);
    return known;
  };
  const records = () => {
    const all = [...byItem].flatMap(([item, progress]) => recordOf(item, progress));
    return all.sort(byStakeAndItem).slice(0, MAX_RECORDS);
  };
  const keep = () => {
    const reports = records();
    if (reports.length === 0) return;
    const execution = executionOf(context);
    if (execution) execution.memory[REPORTS] = reports;
    for (const { job, status, ids } of byItem.values())
      if (job && status === 'created') executionIds.add(job, ids);
    executionIds.save();
    log(context, reports);
  };
  const cancel = context.getExecutionCancelSignal();
  cancel?.addEventListener('abort', keep);

  return {
    watch(from, work) {
      if (isFailure(work)) return NOT_WATCHED;
      return {
        sent({ howToVerify }) {
          if (howToVerify === null) return;
          work.forEach((job, index) => progressOf(from + index, job).open++);
        },
        ended(call, outcome) {
          const [first] = work;
          if (call.howToVerify === null || !first) return;
          if (!('failure' in outcome)) {
            if (!operationAt(call.path)?.makesReport) return;
            const ids = idsOf(first, { ...outcome, attempts: [] });
            Object.assign(progressOf(from, first), { status: 'created', ids });
          } else if (!outcome.failure.may_have_succeeded) {
            work.forEach((job, index) => progressOf(from + index, job).open--);
          }
        },
      };
    },
    note(item, job, result, end) {
      if (job.previewRequest) return;
      const ids = idsOf(job, result, end);
      if (Array.isArray(end)) {
        if (finished++ < MAX_RECORDS) byItem.set(item, { ids, open: 0, status: 'finished' });
        else byItem.delete(item);
      } else if (end.createdReport) byItem.set(item, { ids, open: 0, status: 'created' });
      else if (end.may_have_succeeded) byItem.set(item, { ids, open: 1 });
      else byItem.delete(item);
    },
    records,
    close: () => cancel?.removeEventListener('abort', keep),
  };
}

/** Nothing for an item that has sent nothing that is at stake. */
function recordOf(item: number, { ids, open, status }: Progress): ItemRecord[] {
  const report_status = status ?? (open > 0 ? 'unknown' : null);
  if (report_status === null) return [];
  const known = ID_NAMES.flatMap((name) => {
    const id = asText(ids[name]);
    return id === null ? [] : [[name, id] as const];
  });
  return [{ item, report_status, ...Object.fromEntries(known) }];
}

const byStakeAndItem = (one: ItemRecord, other: ItemRecord): number => {
  const isFinished = ({ report_status }: ItemRecord) => Number(report_status === 'finished');
  return isFinished(one) - isFinished(other) || one.item - other.item;
};

/**
 * In the text itself, as n8n writes nothing else to its console. With Plaid's IDs alone: a log outlives executions, and the
 * user's own IDs may say more about a person.
 */
function log(context: IExecuteFunctions, reports: readonly ItemRecord[]): void {
  const { name } = context.getNode();
  for (let from = 0; from < reports.length; from += RECORDS_PER_LINE) {
    const some = reports
      .slice(from, from + RECORDS_PER_LINE)
      .map((report) => ({ ...report, client_report_id: undefined }));
    const range = { from: from + 1, to: from + some.length, of: reports.length };
    const ids = JSON.stringify(some);
    context.logger.warn(
      TEXTS.cancelledWith({ node: name, execution: context.getExecutionId(), ...range, ids }),
    );
  }
}
