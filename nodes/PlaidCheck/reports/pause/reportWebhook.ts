import type { IDataObject } from 'n8n-workflow';

import { failure, type Failure } from '../../client/failure';
import { TEXTS } from '../../client/failureTexts';
import { textOf } from '../../utils/json';
import type { AwaitedReport } from './pause';

/** Plaid has two names for the same event, depending on how the request named the user. */
const READY = ['CHECK_REPORT_READY', 'USER_CHECK_REPORT_READY'];
const FAILED = ['CHECK_REPORT_FAILED', 'USER_CHECK_REPORT_FAILED'];

/**
 * The outcome of the awaited report by a webhook; undefined where the webhook is about something else.
 * @param now ms since the epoch
 */
export function reportOutcome(
  body: IDataObject,
  { userId, created, since }: AwaitedReport,
  now: number,
): { json: IDataObject } | { failure: Failure } | undefined {
  const { webhook_type: type, user_id: user } = body;
  const code = String(body.webhook_code);
  if (type !== 'CHECK_REPORT' || (userId !== undefined && user !== userId)) return undefined;
  if (FAILED.includes(code)) return { failure: reportFailure(body, created) };
  if (!READY.includes(code)) return undefined;
  return { json: { ...created, ...body, report_status: 'ready', waited_ms: now - since } };
}

/** https://plaid.com/docs/api/products/check/#check_report_failed */
function reportFailure(body: IDataObject, { request_id }: IDataObject): Failure {
  const error = objectOf(body.error);
  const error_code = textOf(error.error_code);
  const text = textOf(error.error_message) ?? textOf(error.display_message);
  const reason = [text, error_code && `(${error_code})`].filter(Boolean).join(' ');
  const step = repairStep(body) ?? textOf(error.suggested_action);
  return failure({
    kind: 'report_failed',
    message: TEXTS.reportFailed(reason),
    steps: step ? [step] : [],
    http_status: typeof error.status === 'number' ? error.status : null,
    error_type: textOf(error.error_type),
    error_code,
    error_message: textOf(error.error_message),
    display_message: textOf(error.display_message),
    request_id: textOf(request_id),
    documentation_url: textOf(error.documentation_url),
  });
}

/** The user can repair some Items in Link; then a new report has to be created. */
function repairStep({ repairable_items: items }: IDataObject): string | null {
  const ids = (Array.isArray(items) ? items : [])
    .map((item) => textOf(objectOf(item).item_id))
    .filter((id) => id !== null);
  return ids.length === 0 ? null : TEXTS.repairItems(ids);
}

const objectOf = (value: unknown): IDataObject =>
  typeof value === 'object' && value !== null ? (value as IDataObject) : {};
