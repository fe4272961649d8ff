import type { IDataObject, JsonValue } from 'n8n-workflow';

import { NEEDS_PERSON, nextStepFor } from '../../client/errorCodes';
import { failure, type Failure } from '../../client/failure';
import { TEXTS } from '../../client/failureTexts';
import { causesOf, plaidUrl } from '../../client/response';
import { asObject, asText } from '../../utils/json';
import type { AwaitedReport } from './awaited';
import { productsFailure } from './productsFailure';

/** The event of the report API, whether all, some or none of the products were made. */
const FINISHED = 'CRA_REPORT_READY';

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
  if (userId !== undefined && user !== userId) return undefined;
  const ready = { ...created, ...body, report_status: 'ready', waited_ms: now - since };
  const reportId = asText(created.report_id);
  if (reportId !== null) {
    // Plaid may send no report ID; the address is then enough, as each request has its own.
    const isOurs = (asText(body.report_id) ?? reportId) === reportId;
    if (type !== 'CRA_REPORT' || code !== FINISHED || !isOurs) return undefined;
    return isFailed(body)
      ? { failure: noProductFailure(body, created) }
      : { json: { ...ready, report_id: reportId } };
  }
  if (type !== 'CHECK_REPORT') return undefined;
  if (FAILED.includes(code)) return { failure: reportFailure(body, created) };
  if (!READY.includes(code)) return undefined;
  return { json: ready };
}

/** Plaid sets the error code where every product failed. */
const isFailed = ({ error_code, successful_products }: IDataObject) =>
  asText(error_code) !== null ||
  (Array.isArray(successful_products) && successful_products.length === 0);

const noProductFailure = (
  { error_code, failed_products }: IDataObject,
  { request_id }: IDataObject,
): Failure =>
  productsFailure({
    failed: failed_products as JsonValue,
    error: { error_code: asText(error_code) },
    requestId: request_id as JsonValue,
  });

/** https://plaid.com/docs/api/products/check-legacy/#check_report_failed */
function reportFailure(body: IDataObject, { request_id }: IDataObject): Failure {
  const error = asObject(body.error);
  const error_code = asText(error.error_code);
  const text = asText(error.error_message) ?? asText(error.display_message);
  const reason = [text, error_code && `(${error_code})`].filter(Boolean).join(' ');
  const error_type = asText(error.error_type);
  const suggested = asText(error.suggested_action);
  const nextStep = nextStepFor({ error_type, error_code }, { suggested });
  const step = NEEDS_PERSON.has(error_code ?? '') ? nextStep : (repairStep(body) ?? nextStep);
  const causes = causesOf(error.causes);
  return failure({
    kind: 'report_failed',
    message: TEXTS.reportFailed(reason),
    may_have_succeeded: true,
    steps: step ? [step] : [],
    http_status: typeof error.status === 'number' ? error.status : null,
    error_type,
    error_code,
    error_message: asText(error.error_message),
    display_message: asText(error.display_message),
    request_id: asText(request_id),
    documentation_url: plaidUrl(asText(error.documentation_url)),
    ...(causes.length > 0 && { causes }),
  });
}

/** The user can repair some Items in Link; then a new report has to be created. */
function repairStep({ repairable_items: items }: IDataObject): string | null {
  const ids = (Array.isArray(items) ? items : [])
    .map((item) => asText(asObject(item).item_id))
    .filter((id) => id !== null);
  return ids.length === 0 ? null : TEXTS.repairItems(ids);
}
