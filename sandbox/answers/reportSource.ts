import type { CraReportScope, IncomeInsightsFilter } from 'plaid';
import { dataUnavailable, ofReportApi, PlaidError, productReportNotFound } from '../plaidErrors';
import { splitItems } from '../state/items';
import type { ProductReport } from '../state/productReports';
import type { Report } from '../state/reports';
import type { Wire } from '../wire';
import type { Call } from './call';
import { currentItems } from './finances';
import { reportError } from './refusal';

/** Where an answer comes from: a report of the newer API, of the legacy one, or of the banks now. */
export interface Source {
  readonly report: Report;
  readonly scope: Wire<CraReportScope> | null | undefined;
  readonly filter: IncomeInsightsFilter | null | undefined;
  /** Why a product could not be made; null where it was. */
  readonly failureOf: (product: string) => PlaidError | null;
}

export function sourceOf(call: Call<unknown>, reportId: string | undefined): Source {
  const { state, now } = call;
  const user = call.user();
  const { userId } = user;
  const newer = state.productReports.find(userId, now, reportId);
  if (newer) return ofNewerReport(newer);
  if (!state.reports.any(userId)) throw productReportNotFound();
  const named = reportId ? orReportError(() => call.report()) : null;
  if (named) return { report: named, ...UNASKED, failureOf: () => null };
  // Not public: what a user gets whose reports are all of the legacy API. The sandbox reads their banks now.
  const known = currentItems(state, user);
  const { items, leftOut } = splitItems(known);
  const failure = items.length > 0 ? null : ofReportApi(dataUnavailable(known));
  const asked = { products: [] };
  return {
    report: asLegacy({ reportId: '', userId, request: asked, items, leftOut, createdAt: now, readyAt: now }),
    ...UNASKED,
    failureOf: () => failure,
  };
}

const UNASKED = { scope: null, filter: null };

function ofNewerReport(newer: ProductReport): Source {
  const { request, failures, leftOut } = newer;
  const options = request.products.find(
    ({ product }) => product === 'cra_income_insights',
  )?.options;
  return {
    report: asLegacy(newer),
    scope: request.scope,
    filter: options?.income_insights_filter as IncomeInsightsFilter | null | undefined,
    failureOf(product) {
      const code = failures.get(product);
      if (!code) return null;
      return code === 'DATA_UNAVAILABLE'
        ? ofReportApi(dataUnavailable(leftOut))
        : reportError('CRA_REPORT_ERROR', code);
    },
  };
}

/** A report of the newer API as the legacy answers read it. */
const asLegacy = ({
  request,
  ...report
}: Omit<ProductReport, 'failures'>): Report => ({
  ...report,
  asOf: report.createdAt,
  failure: null,
  request: {
    user_id: report.userId,
    webhook: '',
    days_requested: request.days_requested ?? USUAL_DAYS,
    consumer_report_permissible_purpose:
      request.consumer_report_permissible_purpose ?? 'EXTENSION_OF_CREDIT',
    ...(request.client_report_id && { client_report_id: request.client_report_id }),
  },
});

/** Not public: how many days a report covers that asks for none. */
const USUAL_DAYS = 365;

/** The errors of a legacy report, as the newer API words them. */
function orReportError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof PlaidError ? ofReportApi(error) : error;
  }
}
