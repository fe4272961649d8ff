import type { JsonValue } from 'n8n-workflow';

import { codeOf, currencyAt, type Money } from '../money';
import { timeOf } from '../order';
import { walk } from '../path';
import {
  count,
  either,
  names,
  number,
  numbersAt,
  pathsIn,
  table,
  text,
  textsAt,
  within,
  type Reader,
  type Selection,
} from '../read';
import { fact } from '../summary';
import { totalFacts } from './balances';

const SPANS = [
  ['monthly', 'Monthly', 'a month'],
  ['annual', 'Annual', 'a year'],
] as const;

/**
 * Modeled income of all streams together, all from one place.
 * @param when `current` income, or what is `projected`
 * @param read reads an amount off that place, which has one entry a currency
 */
export const incomeMetrics = (when: 'current' | 'projected', read: (amount: string) => Reader) =>
  SPANS.flatMap(([span, label, length]) => {
    const [Label, kind] =
      when === 'current' ? ['Current', 'Current income'] : ['Projected', 'Projected income'];
    return [
      fact(
        `${when}_${span}_gross_income`,
        `${Label} ${label} Gross Income`,
        `${kind} ${length} before taxes and deductions, as Plaid models it`,
        read(`${when}.${span}.gross_income`),
      ),
      fact(
        `${when}_${span}_net_income`,
        `${Label} ${label} Net Income`,
        `${kind} ${length} after taxes and deductions, as Plaid models it`,
        read(`${when}.${span}.net_income`),
      ),
    ];
  });

/** Where the streams of a report are. */
export interface Streams {
  /** The part of the answer that lists them */
  part: Selection;
  /** When the report was made */
  madeAt: Reader;
  /** Whether the report has streams at all; the older version lists income sources instead */
  hasStreams?: (part: JsonValue) => boolean;
  /** The number of streams where the part does not list them */
  counted?: Reader;
  /** Who pays the user where the part does not list streams */
  providers?: Reader;
}

const STREAMS = 'income_streams[]';
const ACTIVE = 'income_streams[insights.status=ACTIVE]';

/**
 * @param money whose currency totals are in
 * @param more columns that only some endpoints can fill
 */
export const incomeStreams = (
  money: Money,
  { part, madeAt, hasStreams = () => true, counted, providers }: Streams,
  more: Record<string, Reader>,
) => {
  const ifStreams = (reader: Reader): Reader => ({
    ...within(part, reader),
    nullRule: 'Plaid lists no income streams, as in reports of income insights version 1',
    read: (answer) => {
      const value = part.read(answer);
      return hasStreams(value) ? reader.read(value) : null;
    },
  });
  const listOf = (answer: JsonValue) => {
    const value = part.read(answer);
    const isListed = count(STREAMS).read(value) !== null && hasStreams(value);
    return isListed ? walk(value, STREAMS).filter(isEarnedIncome) : null;
  };
  return [
    fact(
      'income_stream_count',
      'Income Stream Count',
      'Number of income streams, active or not',
      either(ifStreams(count(STREAMS)), ...(counted ? [counted] : [])),
    ),
    fact(
      'active_income_stream_count',
      'Active Income Stream Count',
      'Number of active income streams',
      ifStreams(count(ACTIVE)),
    ),
    ...totalFacts(
      'earned_monthly_net_income',
      'Earned Monthly Net Income',
      'Current income a month after taxes and deductions of all active streams of the category EARNED_INCOME, such as salaries; 0 if there are none among the streams',
      money.total(
        {
          sources: [
            ...pathsIn(part, `${ACTIVE}.income_metrics.current.monthly.net_income`),
            ...pathsIn(part, `${STREAMS}.insights.income_category.primary`),
          ],
          what: 'income stream',
          entries: listOf,
          amountOf: (stream) =>
            isKnownStream(stream) ? (numbersAt(stream, NET_INCOME)[0] ?? null) : null,
          codeOf: (stream) => codeOf(walk(stream, 'income_metrics')[0] ?? null),
        },
        0,
      ),
    ),
    fact(
      'income_providers',
      'Income Providers',
      'Who pays the user, each name once',
      either(
        within(part, names(`${STREAMS}.insights.income_provider.name`)),
        ...(providers ? [providers] : []),
      ),
    ),
    fact(
      'next_payment_date',
      'Next Payment Date',
      'When the next payment of an active income stream is expected, an ISO date that is not before the report',
      nextPayment(part, madeAt),
    ),
    fact(
      'income_streams',
      'Income Streams',
      'Each income stream: who pays, how often and how much, in the currency of the row',
      within(
        part,
        table({
          path: STREAMS,
          columns: {
            income_stream_id: text('income_stream_id'),
            income_provider: text('insights.income_provider.name'),
            income_category_primary: text('insights.income_category.primary'),
            income_category_secondary: text('insights.income_category.secondary'),
            status: text('insights.status'),
            pay_frequency: text('insights.pay_frequency'),
            next_payment_date: text('insights.next_payment.date'),
            start_date: text('start_date'),
            end_date: text('end_date'),
            currency: currencyAt('income_metrics'),
            current_monthly_gross_income: number('income_metrics.current.monthly.gross_income'),
            current_monthly_net_income: number(NET_INCOME),
            ...more,
          },
        }),
      ),
    ),
  ];
};

const NET_INCOME = 'income_metrics.current.monthly.net_income';

const categoryOf = (stream: JsonValue) => textsAt(stream, 'insights.income_category.primary')[0];
const statusOf = (stream: JsonValue) => textsAt(stream, 'insights.status')[0];

/** A stream that may be active and earned belongs to their total, which is then unknown. */
const isEarnedIncome = (stream: JsonValue) =>
  [undefined, 'EARNED_INCOME'].includes(categoryOf(stream)) &&
  [undefined, 'ACTIVE'].includes(statusOf(stream));

const isKnownStream = (stream: JsonValue) =>
  categoryOf(stream) !== undefined && statusOf(stream) !== undefined;

/** The first expected payment that is not before the day of the report. */
const nextPayment = (part: Selection, madeAt: Reader): Reader => {
  const dates = `${ACTIVE}.insights.next_payment.date`;
  return {
    type: 'text',
    sources: [...pathsIn(part, dates), ...madeAt.sources],
    nullRule: 'No active income stream has an expected payment on or after the day of the report',
    read: (answer) => {
      const made = madeAt.read(answer);
      const day = typeof made === 'string' && timeOf(made) !== null ? made.slice(0, DAY) : '';
      const expected = textsAt(part.read(answer), dates);
      return (
        expected.filter((date) => timeOf(date) !== null && date.slice(0, DAY) >= day).sort()[0] ??
        null
      );
    },
  };
};

/** The length of the day in an ISO time. */
const DAY = 'YYYY-MM-DD'.length;

/** Reports of income insights version 1 list income sources, be it none, and an empty list of streams that says nothing. */
export function hasIncomeStreams(report: JsonValue): boolean {
  const isOlder =
    walk(report, 'bank_income_summary').length > 0 ||
    walk(report, 'items[].bank_income_sources').length > 0;
  const isNewer = walk(report, 'user_summary').length > 0 || walk(report, STREAMS).length > 0;
  return isNewer || !isOlder;
}
