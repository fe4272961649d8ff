import type { JsonObject } from 'n8n-workflow';

/** How a random request is made to obey the rules between its fields, by the path of its endpoint. */
const REPAIRS = new Map<string, (body: JsonObject) => JsonObject>([
  ['/cra/check_report/base_report/get', withPurpose],
  ['/cra/check_report/create', (body) => withRefreshOptions(withDaysInOrder(body))],
  ['/cra/check_report/income_insights/get', withPurpose],
]);

/** The request with the rules between fields obeyed; they are told here independently of the catalog. */
export const withRules = (path: string, body: JsonObject): JsonObject =>
  REPAIRS.get(path)?.(body) ?? body;

function withDaysInOrder(body: JsonObject): JsonObject {
  const { days_required, days_requested } = body;
  return typeof days_required === 'number' && typeof days_requested === 'number'
    ? { ...body, days_required: Math.min(days_required, days_requested) }
    : body;
}

function withRefreshOptions(body: JsonObject): JsonObject {
  const base = body.base_report as JsonObject | undefined;
  const options = base?.home_lending_report_options as
    { reports_requested: string[]; employment_refresh_options?: JsonObject } | undefined;
  if (!options?.reports_requested.includes('EMPLOYMENT_REFRESH')) return body;
  const { employment_refresh_options = { days_requested: 60 } } = options;
  const complete = { ...options, employment_refresh_options };
  return { ...body, base_report: { ...base, home_lending_report_options: complete } };
}

function withPurpose(body: JsonObject): JsonObject {
  if (body.report_id === undefined) return body;
  return { consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT', ...body };
}
