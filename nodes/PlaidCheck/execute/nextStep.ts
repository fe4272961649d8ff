import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { TEXTS } from '../client/failureTexts';
import { isExisting } from '../reports/existing';
import type { Job } from '../reports/job';

/** The items of a success with what a model is to know: what there is now, and what to do instead of calling again. */
export const withNextStep = (items: INodeExecutionData[], job: Job): INodeExecutionData[] =>
  items.map((item) => {
    const next_step = nextStepAfter(item.json, job);
    return next_step === undefined ? item : { ...item, json: { ...item.json, next_step } };
  });

function nextStepAfter(json: IDataObject, { operation, previewRequest }: Job): string | undefined {
  if (previewRequest) return TEXTS.previewed;
  const { created } = operation;
  if (!created) return undefined;
  if (isExisting(json)) return TEXTS.usedExisting;
  if (json.report_status === 'ready') return TEXTS.createdAndReady;
  return TEXTS.created(created);
}
