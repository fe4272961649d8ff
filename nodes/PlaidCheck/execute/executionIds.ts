import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messageOf, type Failure } from '../client/failure';
import { requestIdsOf } from '../options/output';
import type { Job } from '../reports/job';
import type { Result } from '../client/retry';
import { asObject, asText } from '../utils/json';

/** The IDs by which n8n's list of executions finds the run of an applicant. */
export interface ExecutionIds {
  add: (job: Job, ids: Ids) => void;
  note: (job: Job, result: Result, end: INodeExecutionData[] | Failure) => void;
  /** Saves the IDs with the execution, beside those of earlier runs of the node in it */
  save: () => void;
}

/** n8n cuts a longer value off. */
const MAX_LENGTH = 512;

export const ID_NAMES = ['user_id', 'report_id', 'client_report_id', 'request_id'] as const;

/** The IDs of an item and of its report, as far as they are known. */
export type Ids = IDataObject & { [name in (typeof ID_NAMES)[number]]?: unknown };

export function openExecutionIds(context: IExecuteFunctions): ExecutionIds {
  const found = new Map<string, Set<string>>(ID_NAMES.map((name) => [name, new Set()]));
  const add = (job: Job, ids: Ids) => {
    if (!job.saveIds || job.previewRequest) return;
    for (const name of ID_NAMES) {
      const id = asText(ids[name]);
      if (id !== null) found.get(name)?.add(id);
    }
  };
  return {
    add,
    note: (job, result, end) => add(job, idsOf(job, result, end)),
    save() {
      const some = [...found].filter(([, ids]) => ids.size > 0);
      if (some.length === 0) return;
      try {
        const { customData }: Partial<Pick<IExecuteFunctions, 'customData'>> = context;
        for (const [name, ids] of some) {
          const saved = asText(customData?.get(name))?.split(' ') ?? [];
          customData?.set(name, joined([...new Set([...saved, ...ids])]));
        }
      } catch (error) {
        // The output is worth more than being found by these IDs.
        context.logger.warn('The IDs could not be saved with the execution', {
          cause: messageOf(error),
        });
      }
    },
  };
}

/** As many whole IDs as n8n keeps: the search finds each of them, as it looks for a part of the value. */
const joined = (ids: readonly string[]): string =>
  ids.reduce((text, id) => {
    const longer = text === '' ? id : `${text} ${id}`;
    return longer.length <= MAX_LENGTH ? longer : text;
  }, '');

/** The IDs of an item, and of what Plaid answered where it did; a creation has no output yet while its report is waited for. */
export function idsOf({ call }: Job, result?: Result, end?: INodeExecutionData[] | Failure): Ids {
  const request = requestIdsOf(call);
  if (end && !Array.isArray(end)) {
    const { request_id, createdReport } = end;
    return {
      ...request,
      request_id: createdReport?.requestId ?? request_id,
      report_id: createdReport?.reportId ?? request.report_id,
    };
  }
  const answer = result && 'json' in result ? result.json : {};
  const report = asObject(answer.report);
  const { json = {} } = end?.[0] ?? {};
  return {
    user_id: request.user_id ?? answer.user_id,
    report_id: answer.report_id ?? report.report_id ?? request.report_id,
    client_report_id:
      request.client_report_id ?? answer.client_report_id ?? report.client_report_id,
    request_id: answer.request_id ?? json.request_id,
  };
}
