import type {
  CraReportGetHomeLendingAttributes,
  CraReportGetReport,
  CraReportGetRequest,
} from 'plaid';
import { errorBody, type PlaidError } from '../plaidErrors';
import type { AskedProduct } from '../state/productReports';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import type { Call } from './call';
import { isoTime } from './dates';
import { financesOf, type Finances } from './finances';
import { countedTransactions, historyOf, recent, type History } from './history';
import { accountCounts } from './holdings';
import { byCurrency, filtered, insightsOf, metricsOf, streamsOf, type Stream } from './income';
import { inCurrency } from './money';
import { legacyAttributes } from './productContents';
import { checkRefusal } from './refusal';
import { sourceOf, type Source } from './reportSource';
import { cashflowAttributes, lendScoreOf, networkAttributes } from './scores';
import { warningsOf } from './warnings';

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
 * A report by product. A product that could not be made has an error in place of its attributes. Not public: what Plaid says of a
 * product that the report was not created with; the sandbox makes it.
 */
export function getReportByProduct(call: Call<unknown>): object {
  const body = call.body as Wire<CraReportGetRequest>;
  const user = call.user();
  checkRefusal(call, user.userId, 'CRA_REPORT_ERROR');
  const source = sourceOf(call, body.report_id);
  const basis = basisOf(user, source);
  return {
    report: {
      retrieved_time: isoTime(call.now),
      scope: body.scope ?? source.scope ?? 'PLAID_NETWORK',
      decision_stage: body.decision_stage,
      consumer_report_permissible_purpose: body.consumer_report_permissible_purpose,
      products: body.products.map((asked) => {
        const failure = source.failureOf(asked.product);
        return failure
          ? failed(asked, failure, call.requestId)
          : (typedProduct(asked, basis) ?? otherProduct(asked, basis, call, source));
      }),
    },
    user_id: user.userId,
    client_user_id: user.clientUserId,
    // Where nothing can be read, the products' errors say it.
    warnings: source.report.items.length > 0 ? warningsOf(user, source.report) : [],
    request_id: call.requestId,
  };
}

type Asked = Wire<CraReportGetRequest>['products'][number];
type Product = Wire<CraReportGetReport>['products'][number];

function basisOf(user: User, { report, filter }: Source): Basis {
  const { items, asOf, readyAt, request } = report;
  const finances = financesOf(user, items);
  const histories = historyOf(finances, asOf, coveredDays(request.days_requested));
  const all = streamsOf(finances, histories, asOf);
  const streams = filter ? filtered(all, filter) : all;
  return { finances, histories, streams, asOf, generatedTime: isoTime(readyAt) };
}

const failed = ({ product, version }: AskedProduct, error: PlaidError, requestId: string) => ({
  product,
  version,
  metadata: null,
  attributes: null,
  errors: [errorBody(error, requestId)],
});

/** Of a name that the sandbox does not know (those of the bundles are not public), the figures of Qualify. */
function otherProduct(
  { product, version }: AskedProduct,
  basis: Basis,
  call: Call<unknown>,
  { report }: Source,
) {
  const attributes = legacyAttributes(call, product, report) ?? qualify(basis);
  return { product, version, metadata: reportMetadata(basis), attributes, errors: [] };
}

const reportMetadata = ({ generatedTime, finances }: Basis) => ({
  generated_time: generatedTime,
  item_count: finances.banks.length,
  account_count: finances.accounts.length,
  institution_ids: finances.banks.map(({ institution }) => institution.id),
});

/** One of the products that the SDK has types for; null for any other. */
function typedProduct({ product, version }: Asked, basis: Basis): Product | null {
  const metadata = reportMetadata(basis);
  const ofAccounts = { ...metadata, ...accountMetadata(basis) };
  const rest = { version, errors: [] };
  switch (product) {
    case 'cra_home_lending':
      return { product, ...rest, metadata, attributes: homeLending(basis) };
    case 'cra_income_insights':
      return { product, ...rest, metadata: ofAccounts, attributes: income(basis) };
    case 'cra_qualify':
      return { product, ...rest, metadata: ofAccounts, attributes: qualify(basis) };
    default:
      return null;
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
