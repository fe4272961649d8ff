import type { CraCheckReportBaseReportGetResponse } from 'plaid';
import type { ReportRequest } from '../state/reports';
import type { Wire } from '../wire';
import { coveredDays, flowAttributes, reportAccount } from './accounts';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf } from './finances';
import { countedTransactions, historyOf } from './history';
import { baseReportWarnings } from './warnings';

/** The Base Report: accounts, balances and transactions as of the day the report was made. */
export function getBaseReport(call: Call): Wire<CraCheckReportBaseReportGetResponse> {
  const user = call.user();
  const report = call.report();
  const { asOf } = report;
  const days = coveredDays(report.request.days_requested);
  const finances = financesOf(user, report.items);
  const histories = historyOf(finances, asOf, days);
  const historiesOf = (itemId: string) =>
    histories.filter(({ account }) => account.itemId === itemId);
  return {
    report: {
      report_id: report.reportId,
      date_generated: isoTime(report.readyAt),
      days_requested: days,
      client_report_id: clientReportId(report.request),
      items: finances.banks.map(({ itemId, institution }) => ({
        item_id: itemId,
        institution_id: institution.id,
        institution_name: institution.name,
        date_last_updated: isoTime(asOf),
        accounts: historiesOf(itemId).map((history) => reportAccount(history, user, asOf, days)),
      })),
      attributes: flowAttributes(countedTransactions(histories), asOf),
    },
    warnings: baseReportWarnings(user, report),
    request_id: call.requestId,
  };
}

/** The client's own id of the report: from the request's top level, or the older place. */
export const clientReportId = ({ client_report_id, base_report }: ReportRequest): string | null =>
  client_report_id ?? base_report?.client_report_id ?? null;
