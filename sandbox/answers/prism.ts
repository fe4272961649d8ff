import type { CraPartnerInsightsPrism, PrismCashScoreMetadata, PrismVersions } from 'plaid';
import type { Wire } from '../wire';
import type { Finances } from './finances';
import { countedTransactions, daysSince, recent, type History } from './history';
import { countsInFlows } from './holdings';
import { sum } from './money';
import { cashflowAttributes, NO_SCORE, reasonCodes, scoreOf } from './scores';
import type { Transaction } from './transactions';

/** What a request says about Prism. */
export interface PrismRequest {
  readonly prism_products?: readonly string[] | undefined;
  readonly prism_versions?: Wire<PrismVersions> | null | undefined;
}

/** Used where a request names no version; Detect and Extend only come when asked for. */
const DEFAULTS = { cashscore: '3', firstdetect: '3', insights: '3', detect: null, extend: null };

/**
 * Prism's results for the products and versions asked for. A version of null turns a product off;
 * `prism_products` keeps only the insights or only the scores.
 */
export function prismInsights(
  finances: Finances,
  histories: readonly History[],
  asOf: number,
  { prism_products: products, prism_versions }: PrismRequest,
): Wire<CraPartnerInsightsPrism> {
  const versions = { ...DEFAULTS, ...prism_versions };
  const wants = (product: 'insights' | 'scores') => !products?.length || products.includes(product);
  const isScored = !finances.traits.has('no_scores');
  const score = (version: string | null | undefined, model: string, prefix: string) =>
    version && wants('scores')
      ? {
          model_version: version,
          ...(isScored
            ? {
                score: scoreOf(finances, model, 1, 999),
                reason_codes: reasonCodes(finances, prefix, 3),
              }
            : { score: null, reason_codes: [], error_reason: NO_SCORE }),
          metadata: metadataOf(histories, asOf),
        }
      : null;
  return {
    status: 'SUCCESS',
    insights:
      versions.insights && wants('insights')
        ? numbered({
            model_version: versions.insights,
            result: prismAttributes(histories, asOf),
          })
        : null,
    cash_score: numbered(score(versions.cashscore, 'cash_score', 'CS030')),
    first_detect: numbered(score(versions.firstdetect, 'first_detect', 'FD030')),
    detect: score(versions.detect, 'detect', 'DT040'),
    extend: score(versions.extend, 'extend', 'EX040'),
  };
}

/** Plaid's example names one of Prism's attributes, for the balances of six months; the others are invented. */
const prismAttributes = (histories: readonly History[], asOf: number) => ({
  l6m_cumbal_acc: sum(
    histories
      .filter(({ account }) => countsInFlows(account))
      .flatMap(({ balances }) => balances.slice(0, 180).map(({ balance }) => balance)),
  ),
  ...examplesOf(cashflowAttributes(histories, asOf)),
});

/** Without the names of Plaid's own. */
const examplesOf = (attributes: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name.startsWith('example_')));

/** The older products also carry their version as a whole number: 3 of `3_lite`, 4 of `4.1`. */
const numbered = <Result extends { readonly model_version: string }>(result: Result | null) =>
  result && { version: parseInt(result.model_version, 10), ...result };

/** Ages in days and counts of the transactions a score rests on. */
function metadataOf(histories: readonly History[], asOf: number): PrismCashScoreMetadata {
  const transactions = countedTransactions(histories);
  const credits = transactions.filter(({ amount }) => amount < 0);
  const debits = transactions.filter(({ amount }) => amount > 0);
  const all = agesOf(transactions, asOf);
  const credit = agesOf(credits, asOf);
  const debit = agesOf(debits, asOf);
  return {
    max_age: all.max,
    min_age: all.min,
    max_age_credit: credit.max,
    min_age_credit: credit.min,
    max_age_debit: debit.max,
    min_age_debit: debit.min,
    num_trxn_credit: credits.length,
    num_trxn_debit: debits.length,
    l1m_credit_value_cnt: recent(credits, asOf, 30).length,
    l1m_debit_value_cnt: recent(debits, asOf, 30).length,
  };
}

function agesOf(transactions: readonly Transaction[], asOf: number) {
  const dates = transactions.map(({ date }) => date).sort();
  return { max: daysSince(dates[0], asOf), min: daysSince(dates.at(-1), asOf) };
}
