import type {
  CraReportGetHomeLendingAttributes,
  CraReportGetReport,
  CraReportGetRequest,
  CraReportGetResponse,
} from 'plaid';
import { dataUnavailable, errorBody } from '../plaidErrors';
import { splitItems } from '../state/items';
import type { Wire } from '../wire';
import type { Call } from './call';
import { isoTime } from './dates';
import { currentItems, financesOf, type Finances } from './finances';
import { countedTransactions, historyOf, recent, type History } from './history';
import { accountCounts } from './holdings';
import { inCurrency } from './money';
import { warningsOf } from './warnings';
import { byCurrency, insightsOf, metricsOf, streamsOf, type Stream } from './income';
import { cashflowAttributes, lendScoreOf, networkAttributes } from './scores';

const DAYS = 365;

/** What the asked products are made from. */
interface Basis {
  readonly finances: Finances;
  readonly histories: readonly History[];
  readonly streams: readonly Stream[];
  /** ms since the epoch. */
  readonly asOf: number;
  readonly generatedTime: string;
}

/**
 * A report by product: of the report that is named, or else of what the banks say now. A user whose
 * banks cannot be read gets each product with an error in place of its attributes.
 */
export function getReportByProduct(call: Call<unknown>): Wire<CraReportGetResponse> {
  const body = call.body as Wire<CraReportGetRequest>;
  const user = call.user();
  const { userId } = user;
  const named = body.report_id ? call.report() : null;
  const known = currentItems(call.state, user);
  const used = named ?? splitItems(known);
  const { items } = used;
  const error = errorBody(dataUnavailable(known), call.requestId);
  const basis = basisOf(
    financesOf(user, items),
    named?.asOf ?? call.now,
    named?.readyAt ?? call.now,
  );
  return {
    report: {
      retrieved_time: isoTime(call.now),
      scope: body.scope ?? 'CLIENT_USER',
      decision_stage: body.decision_stage,
      consumer_report_permissible_purpose: body.consumer_report_permissible_purpose,
      products: body.products.map((asked) =>
        items.length > 0
          ? productOf(asked, basis)
          : { ...asked, metadata: null, attributes: null, errors: [error] },
      ),
    },
    user_id: userId,
    client_user_id: user.clientUserId,
    // Where nothing can be read, the products' errors say it.
    warnings: items.length > 0 ? warningsOf(user, used) : [],
    request_id: call.requestId,
  };
}

type Asked = Wire<CraReportGetRequest>['products'][number];
type Product = Wire<CraReportGetReport>['products'][number];

function basisOf(finances: Finances, asOf: number, generatedAt: number): Basis {
  const histories = historyOf(finances, asOf, DAYS);
  const streams = streamsOf(finances, histories, asOf);
  return { finances, histories, streams, asOf, generatedTime: isoTime(generatedAt) };
}

function productOf({ product, version }: Asked, basis: Basis): Product {
  const metadata = {
    generated_time: basis.generatedTime,
    item_count: basis.finances.banks.length,
    account_count: basis.finances.accounts.length,
    institution_ids: basis.finances.banks.map(({ institution }) => institution.id),
  };
  const ofAccounts = { ...metadata, ...accountMetadata(basis) };
  const rest = { version, errors: [] };
  switch (product) {
    case 'cra_home_lending':
      return { product, ...rest, metadata, attributes: homeLending(basis) };
    case 'cra_income_insights':
      return { product, ...rest, metadata: ofAccounts, attributes: income(basis) };
    case 'cra_qualify':
      return { product, ...rest, metadata: ofAccounts, attributes: qualify(basis) };
  }
}

function accountMetadata({ finances: { accounts }, histories }: Basis) {
  const dates = histories
    .flatMap(({ transactions }) => transactions.map(({ date }) => date))
    .sort();
  return {
    ...accountCounts(accounts),
    oldest_transaction_date: dates[0] ?? null,
    most_recent_transaction_date: dates.at(-1) ?? null,
  };
}

const income = ({ streams }: Basis) => ({
  income_streams: streams.flatMap((stream) =>
    metricsOf([stream]).map((income_metrics) => ({
      income_stream_id: stream.id,
      start_date: stream.start,
      end_date: stream.end,
      insights: insightsOf(stream),
      income_metrics,
    })),
  ),
  user_summary: { income_metrics: metricsOf(streams) },
});

function homeLending({ streams, histories, asOf }: Basis): Wire<CraReportGetHomeLendingAttributes> {
  const last90 = recent(countedTransactions(histories), asOf, 90);
  return {
    income_metrics: metricsOf(streams).map(
      ({ current, iso_currency_code, unofficial_currency_code }) => ({
        current,
        iso_currency_code,
        unofficial_currency_code,
      }),
    ),
    income_by_categories: byCurrency(streams).map(([currency, own]) => ({
      ...inCurrency(currency),
      categories: own.flatMap((stream) =>
        metricsOf([stream]).map(({ current }) => ({ income_category: stream.category, current })),
      ),
    })),
    income_sources: {
      income_stream_count: streams.length,
      income_providers: streams.map(({ payer }) => ({ name: payer, is_normalized: true })),
    },
    loan_payments_cash_advance_count_90d: 0,
    loan_payments_bnpl_count_90d: last90.filter(({ merchant }) => merchant === 'Affirm').length,
    payment_behavior_nsf_late_fees_flag_90d: last90.some(({ kind }) => kind === 'nsf_fee') ? 1 : 0,
  };
}

const qualify = ({ finances, histories, asOf }: Basis) => ({
  example_lend_score: lendScoreOf(finances).score,
  ...cashflowAttributes(histories, asOf),
  ...networkAttributes(finances),
});
