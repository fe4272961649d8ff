import type {
  CraCheckReportCashflowInsightsGetResponse,
  CraCheckReportLendScoreGetResponse,
  CraCheckReportNetworkInsightsGetResponse,
} from 'plaid';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf } from './finances';
import { historyOf } from './history';
import { cashflowAttributes, lendScoreOf, networkAttributes } from './scores';
import { warningsOf } from './warnings';

const header = (call: Call) => {
  const { reportId, readyAt } = call.report();
  return { report_id: reportId, generated_time: isoTime(readyAt) };
};

/** LendScore: 1 to 99, higher is lower risk. */
export function getLendScore(call: Call): Wire<CraCheckReportLendScoreGetResponse> {
  const finances = financesOf(call.user(), call.report().items);
  return {
    report: {
      ...header(call),
      lend_score: lendScoreOf(finances),
    },
    request_id: call.requestId,
    warnings: warningsOf(call.user(), call.report()),
  };
}

export function getCashflowInsights(call: Call): Wire<CraCheckReportCashflowInsightsGetResponse> {
  const { asOf, request, items } = call.report();
  const days = coveredDays(request.days_requested);
  const histories = historyOf(financesOf(call.user(), items), asOf, days);
  return {
    report: { ...header(call), attributes: cashflowAttributes(histories, asOf) },
    request_id: call.requestId,
    warnings: warningsOf(call.user(), call.report()),
  };
}

export function getNetworkInsights(call: Call): Wire<CraCheckReportNetworkInsightsGetResponse> {
  const finances = financesOf(call.user(), call.report().items);
  return {
    report: {
      ...header(call),
      network_attributes: networkAttributes(finances),
      items: finances.banks.map(({ itemId, institution: { id, name } }) => ({
        institution_id: id,
        institution_name: name,
        item_id: itemId,
      })),
    },
    request_id: call.requestId,
    warnings: warningsOf(call.user(), call.report()),
  };
}
