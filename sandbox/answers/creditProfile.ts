import type { CraCreditProfileReportGetRequest, CraCreditProfileReportGetResponse } from 'plaid';
import { splitItems } from '../state/items';
import type { Wire } from '../wire';
import type { Call } from './call';
import { isoDate, isoTime } from './dates';
import { currentFinances, currentItems } from './finances';
import { historyOf } from './history';
import { accountCounts } from './holdings';
import { cashflowAttributes, lendScoreOf, networkAttributes } from './scores';
import { warningsOf } from './warnings';

const DAYS = 365;

/** The credit profile stands by itself: it needs the user, not a consumer report made before. */
export function getCreditProfile(call: Call<unknown>): Wire<CraCreditProfileReportGetResponse> {
  const body = call.body as Wire<CraCreditProfileReportGetRequest>;
  const user = call.user();
  const finances = currentFinances(call.state, user);
  const histories = historyOf(finances, call.now, DAYS);
  const dates = histories
    .flatMap(({ transactions }) => transactions.map(({ date }) => date))
    .sort();
  const today = isoDate(call.now);
  return {
    report: {
      date_retrieved: isoTime(call.now),
      inquiry_type: body.inquiry_type,
      client_report_id: body.client_report_id,
      lend_scores: [{ variant: 'LS1', ...lendScoreOf(finances) }],
      cashflow_insights_attributes: cashflowAttributes(histories, call.now),
      network_insights_attributes: networkAttributes(finances),
      metadata: {
        item_count: finances.banks.length,
        institution_ids: finances.banks.map(({ institution }) => institution.id),
        account_count: finances.accounts.length,
        ...accountCounts(finances.accounts),
        generated_at: isoTime(call.now),
        oldest_transaction_date: dates[0] ?? today,
        most_recent_transaction_date: dates.at(-1) ?? today,
      },
    },
    user_id: user.userId,
    warnings: warningsOf(user, splitItems(currentItems(call.state, user))),
    request_id: call.requestId,
  };
}
