import type { CraCreditProfileReportGetRequest, CraCreditProfileReportGetResponse } from 'plaid';
import type { Wire } from '../wire';
import type { Call } from './call';
import { isoDate, isoTime } from './dates';
import { currentFinances } from './finances';
import { historyOf } from './history';
import { cashflowAttributes, networkAttributes, reasonCodes, scoreOf } from './scores';

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
      lend_scores: [
        {
          variant: 'LS1',
          score: scoreOf(finances, 'lend_score', 1, 99),
          reason_codes: reasonCodes(finances, 'PCS02', 4),
          error_reason: null,
        },
      ],
      cashflow_insights_attributes: cashflowAttributes(histories, call.now),
      network_insights_attributes: networkAttributes(finances),
      metadata: {
        item_count: finances.banks.length,
        institution_ids: finances.banks.map(({ institution }) => institution.id),
        account_count: finances.accounts.length,
        primary_account_count: finances.accounts.filter(({ subtype }) => subtype === 'checking')
          .length,
        depository_account_type_count: finances.accounts.length,
        credit_account_type_count: 0,
        other_account_type_count: 0,
        multiple_owner_account_count: 0,
        generated_at: isoTime(call.now),
        oldest_transaction_date: dates[0] ?? today,
        most_recent_transaction_date: dates.at(-1) ?? today,
      },
    },
    user_id: user.userId,
    warnings: [],
    request_id: call.requestId,
  };
}
