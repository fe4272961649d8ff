import type {
  CraCheckReportVerificationGetRequest,
  CraCheckReportVerificationGetResponse,
  CraEmploymentRefreshReport,
  CraVerificationIncomeReport,
  CraVoaReport,
  CraVoaReportAccount,
} from 'plaid';
import { stableUuid } from '../ids';
import type { Report } from '../state/reports';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import {
  coveredDays,
  flowAttributes,
  ownershipOf,
  toHistoricalBalance,
  todaysBalance,
  toTransaction,
} from './accounts';
import { clientReportId } from './baseReport';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf, type Bank, type Finances } from './finances';
import { averageBalance, countedTransactions, firstDay, historyOf, type History } from './history';
import { isDepository } from './holdings';
import { metricsOf, streamsOf, toPlaid } from './income';
import { warningsOf } from './warnings';

/** The Home Lending Report, with the parts that the read asks for. */
export function getHomeLendingReport(
  call: Call<unknown>,
): Wire<CraCheckReportVerificationGetResponse> {
  const body = call.body as Wire<CraCheckReportVerificationGetRequest>;
  const report = call.report();
  const { base_report: options } = report.request;
  const refresh = options?.home_lending_report_options?.employment_refresh_options;
  const refreshDays =
    refresh?.days_requested ?? body.employment_refresh_options?.days_requested ?? 60;
  const home: Home = { user: call.user(), report };
  const wants = (part: (typeof body.reports_requested)[number]) =>
    body.reports_requested.includes(part);
  return {
    report: {
      report_id: report.reportId,
      ...(options?.gse_options && { gse_reference_id: stableUuid(`gse ${report.reportId}`) }),
      client_report_id: clientReportId(report.request),
      voa: wants('VOA') ? assets(home) : null,
      employment_refresh: wants('EMPLOYMENT_REFRESH') ? employment(home, refreshDays) : null,
      income: wants('INCOME') ? income(home) : null,
    },
    request_id: call.requestId,
    warnings: warningsOf(home.user, report),
  };
}

interface Home {
  readonly user: User;
  readonly report: Report;
}

/** The report's finances over so many days, and the days at the head of each part. */
function over({ user, report }: Home, days: number) {
  const finances = financesOf(user, report.items);
  const histories = historyOf(finances, report.asOf, days);
  const head = { generated_time: isoTime(report.readyAt), days_requested: days };
  return { finances, histories, head };
}

const itemsOf = <Entry>(
  { banks }: Finances,
  histories: readonly History[],
  asOf: number,
  show: (history: History) => Entry,
) =>
  banks.map((bank) => ({
    ...named(bank),
    last_update_time: isoTime(asOf),
    accounts: histories.filter(({ account }) => account.itemId === bank.itemId).map(show),
  }));

const named = ({ itemId, institution }: Bank) => ({
  item_id: itemId,
  institution_id: institution.id,
  institution_name: institution.name,
});

/** Verification of Assets. */
function assets(home: Home): Wire<CraVoaReport> {
  const { asOf, request } = home.report;
  const days = coveredDays(request.days_requested);
  const { finances, histories, head } = over(home, days);
  const all = countedTransactions(histories);
  const { total_inflow_amount = null, total_outflow_amount = null } = flowAttributes(all, asOf);
  return {
    ...head,
    items: itemsOf(finances, histories, asOf, (history) => assetAccount(history, home, days)),
    attributes: { total_inflow_amount, total_outflow_amount },
  };
}

function assetAccount(
  history: History,
  { user, report: { asOf } }: Home,
  days: number,
): Wire<CraVoaReportAccount> {
  const { account, transactions, balances } = history;
  const known = account.hasPastBalances ? balances : [];
  const averageOf = (some: number) =>
    account.hasPastBalances ? averageBalance(balances.slice(0, some)) : null;
  return {
    account_id: account.id,
    mask: account.mask,
    name: account.name,
    official_name: account.officialName,
    ...ownershipOf(account, user),
    consumer_disputes: [],
    days_available: days,
    balances: {
      ...todaysBalance(history),
      historical_balances: known.map(toHistoricalBalance(account)),
      average_balance_30_days: averageOf(30),
      average_balance_60_days: averageOf(60),
      nsf_overdraft_transactions_count: transactions.filter(({ kind }) => kind === 'nsf_fee')
        .length,
    },
    transactions_insights: {
      all_transactions: transactions.map((transaction) => toTransaction(transaction, account.id)),
      start_date: firstDay(asOf, days),
      end_date: firstDay(asOf, 1),
    },
  };
}

/** Deposits alone, without their amounts. */
function employment(home: Home, days: number): Wire<CraEmploymentRefreshReport> {
  const { finances, histories, head } = over(home, days);
  const ofDepository = histories.filter(({ account }) => isDepository(account));
  return {
    ...head,
    items: itemsOf(finances, ofDepository, home.report.asOf, ({ account, transactions }) => ({
      account_id: account.id,
      name: account.name,
      official_name: account.officialName,
      type: 'depository' as const,
      subtype: account.subtype,
      transactions: transactions
        .filter(({ amount }) => amount < 0)
        .map(({ id, date, description, pending }) => ({
          account_id: account.id,
          transaction_id: id,
          date,
          original_description: description,
          pending,
        })),
    })),
  };
}

function income(home: Home): Wire<CraVerificationIncomeReport> {
  const { asOf, request } = home.report;
  const days = coveredDays(request.days_requested);
  const { finances, histories, head } = over(home, days);
  const streams = streamsOf(finances, histories, asOf);
  const currentOnly = (metrics: ReturnType<typeof metricsOf>) =>
    metrics.map(({ current, iso_currency_code, unofficial_currency_code }) => ({
      current,
      iso_currency_code,
      unofficial_currency_code,
    }));
  return {
    ...head,
    user_summary: { income_metrics: currentOnly(metricsOf(streams)) },
    income_streams: streams.flatMap((stream) =>
      metricsOf([stream]).flatMap((metrics) =>
        currentOnly([metrics]).map((income_metrics) => ({
          ...toPlaid(stream, metrics),
          income_metrics,
        })),
      ),
    ),
    items: finances.banks.map((bank) => ({
      ...named(bank),
      last_updated_time: isoTime(asOf),
      accounts: bank.accounts.filter(isDepository).map((account) => ({
        account_id: account.id,
        mask: account.mask,
        name: account.name,
        official_name: account.officialName,
        type: 'depository' as const,
        subtype: account.subtype,
        metadata: { start_date: firstDay(asOf, days), end_date: firstDay(asOf, 1) },
      })),
    })),
  };
}
