import { invalidConfiguration } from '../plaidErrors';
import type { LinkRequest } from '../state/linkTokens';
import type { ProductReportRequest } from '../state/productReports';

/** The report of the newer API that a Link session ends in; null where its token asks for none. */
export function reportParameter(request: LinkRequest): ProductReportRequest | null {
  const { cra_report_parameter: parameter, consumer_report_permissible_purpose: purpose } = request;
  if (!parameter) return null;
  return {
    ...parameter,
    products: parameter.products ?? [],
    webhook: request.webhook ?? null,
    ...(purpose && { consumer_report_permissible_purpose: purpose }),
  };
}

/**
 * What such a report needs, as /cra/report/create does. Not public: how Plaid words it; the sandbox does as with `cra_options`.
 */
export function checkReportParameter(request: LinkRequest): void {
  const { cra_report_parameter: parameter } = request;
  if (!parameter) return;
  const needs = {
    user_id: request.user_id,
    consumer_report_permissible_purpose: request.consumer_report_permissible_purpose,
    'cra_report_parameter.products': parameter.products,
    'cra_report_parameter.decision_stage': parameter.decision_stage,
  };
  const missing = Object.entries(needs).find(([, value]) => !value);
  if (missing) throw invalidConfiguration(`${missing[0]} is required for cra_report_parameter`);
}
