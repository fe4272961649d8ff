import type { IDataObject } from 'n8n-workflow';

import { failure, type Failure } from '../../client/failure';
import { asObject, asText } from '../../utils/json';
import type { Awaited } from './pause';

/** By whom a request named the user decides which of two names Plaid gives the same event. */
const READY = ['CHECK_REPORT_READY', 'USER_CHECK_REPORT_READY'];
const FAILED = ['CHECK_REPORT_FAILED', 'USER_CHECK_REPORT_FAILED'];

/**
 * What a webhook says of the report that is waited for; undefined where it is about something else.
 * @param now ms since the epoch
 */
export function reportOutcome(
  body: IDataObject,
  { userId, created, since }: Awaited,
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
  const said = asText(error.error_message) || asText(error.display_message);
  const why = [said, error_code && `(${error_code})`].filter(Boolean).join(' ');
  return failure({
    kind: 'report_failed',
    message: `Plaid could not make the report${why && `: ${why}`}`,
    next_step: nextStep(body) ?? asText(error.suggested_action),
    http_status: typeof error.status === 'number' ? error.status : null,
    error_type: asText(error.error_type),
    error_code,
    error_message: asText(error.error_message),
    display_message: asText(error.display_message),
    request_id: asText(request_id),
    documentation_url: asText(error.documentation_url),
  });
}

/** Some Items a user can repair in Link; after that, a new report has to be created. */
function nextStep({ repairable_items: items }: IDataObject): string | null {
  const ids = (Array.isArray(items) ? items : [])
    .map((item) => asText(asObject(item).item_id))
    .filter(Boolean);
  if (ids.length === 0) return null;
  return `Let the user repair ${ids.length === 1 ? 'the Item' : 'the Items'} ${ids.join(', ')} in Link's update mode, then create the report again`;
}
