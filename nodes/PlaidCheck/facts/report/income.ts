import { currencyAt } from '../currency';
import { count, earliest, either, number, table, text, type Reader } from '../read';
import { fact } from '../summary';
import type { Money } from './balances';

const SPANS = [
  ['monthly', 'Monthly', 'a month'],
  ['annual', 'Annual', 'a year'],
] as const;

/**
 * Modeled income of all streams together.
 * @param when `current` income, or what is `projected`
 * @param metrics path of the list with one entry a currency; with others to look at if there is none
 */
export const incomeMetrics = (
  money: Money,
  when: 'current' | 'projected',
  ...metrics: [string, ...string[]]
) =>
  SPANS.flatMap(([span, label, length]) => {
    const [Label, kind] =
      when === 'current' ? ['Current', 'Current income'] : ['Projected', 'Projected income'];
    const [first, ...others] = metrics;
    const sum = (amount: string) =>
      either(money.sum(first, amount), ...others.map((path) => money.sum(path, amount)));
    return [
      fact(
        `${when}_${span}_gross_income`,
        `${Label} ${label} Gross Income`,
        `${kind} ${length} before taxes and deductions, as Plaid models it`,
        sum(`${when}.${span}.gross_income`),
      ),
      fact(
        `${when}_${span}_net_income`,
        `${Label} ${label} Net Income`,
        `${kind} ${length} after taxes and deductions, as Plaid models it`,
        sum(`${when}.${span}.net_income`),
      ),
    ];
  });

/**
 * @param streams path of the streams without its `[]`, such as `report.income_streams`
 * @param more columns that only some endpoints can fill
 */
export const incomeStreams = (streams: string, more: Record<string, Reader>) => [
  fact(
    'income_stream_count',
    'Income Stream Count',
    'How many income streams there are, active or not',
    count(`${streams}[]`),
  ),
  fact(
    'active_income_stream_count',
    'Active Income Stream Count',
    'How many income streams are active',
    count(`${streams}[insights.status=ACTIVE]`),
  ),
  fact(
    'next_payment_date',
    'Next Payment Date',
    'When the next payment of an active income stream is expected, an ISO date',
    earliest(`${streams}[insights.status=ACTIVE].insights.next_payment.date`),
  ),
  fact(
    'income_streams',
    'Income Streams',
    'Each income stream: who pays, how often and how much, in the currency of the row',
    table({
      path: `${streams}[]`,
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
        current_monthly_net_income: number('income_metrics.current.monthly.net_income'),
        ...more,
      },
    }),
  ),
];
