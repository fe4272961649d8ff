import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { TEXTS } from '../client/failureTexts';
import { isExisting } from '../reports/existing';
import type { Job } from '../reports/job';
import { isObject } from '../utils/json';

/** The items of a success with what a model is to know: what there is now, and what to do instead of calling again. */
export const withNextStep = (items: INodeExecutionData[], job: Job): INodeExecutionData[] =>
  items.map((item) => {
    const next_step = nextStepAfter(item.json, job);
    if (next_step === undefined) return item;
    const isFound = job.operation.created !== undefined && isExisting(item.json);
    return { ...item, json: { ...(isFound ? namesOf(item.json) : item.json), next_step } };
  });

/** What names something that exists, such as IDs and dates. A report in full is more than a model reads. */
function namesOf({ report, ...json }: IDataObject): IDataObject {
  const ofReport = isObject(report) ? { report: plainOf(report as IDataObject) } : {};
  return { ...plainOf(json), ...ofReport };
}

const plainOf = (json: IDataObject): IDataObject =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => typeof value !== 'object'));

function nextStepAfter(json: IDataObject, { operation, previewRequest }: Job): string | undefined {
  if (previewRequest) return TEXTS.previewed;
  const { created } = operation;
  if (!created) return undefined;
  if (isExisting(json)) return TEXTS.usedExisting;
  if (json.report_status === 'ready') return TEXTS.createdAndReady;
  return TEXTS.created(created);
}
