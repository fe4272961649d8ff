import type { IDataObject } from 'n8n-workflow';

import { failure, type Failure } from '../../client/failure';
import { TEXTS } from '../../client/failureTexts';
import { plaidUrl } from '../../client/response';
import { asObject, asText } from '../../utils/json';
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
  const error = asObject(body.error);
  const error_code = asText(error.error_code);
  const text = asText(error.error_message) ?? asText(error.display_message);
  const reason = [text, error_code && `(${error_code})`].filter(Boolean).join(' ');
  const step = repairStep(body) ?? asText(error.suggested_action);
  return failure({
    kind: 'report_failed',
    message: TEXTS.reportFailed(reason),
    may_have_succeeded: true,
    steps: step ? [step] : [],
    http_status: typeof error.status === 'number' ? error.status : null,
    error_type: asText(error.error_type),
    error_code,
    error_message: asText(error.error_message),
    display_message: asText(error.display_message),
    request_id: asText(request_id),
    documentation_url: plaidUrl(asText(error.documentation_url)),
  });
}

/** The user can repair some Items in Link; then a new report has to be created. */
function repairStep({ repairable_items: items }: IDataObject): string | null {
  const ids = (Array.isArray(items) ? items : [])
    .map((item) => asText(asObject(item).item_id))
    .filter((id) => id !== null);
  return ids.length === 0 ? null : TEXTS.repairItems(ids);
}
