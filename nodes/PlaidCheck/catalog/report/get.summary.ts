import { incomeMetrics, incomeStreams } from '../../facts/report/income';
import { currency } from '../../facts/report/balances';
import { requestId, warnings } from '../../facts/report/report';
import { moneyAt } from '../../facts/currency';
import { attributes, number, table, text, texts, textsAt, type Reader } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const product = (name: string) => `report.products[product=${name}]`;
const HOME_LENDING = `${product('cra_home_lending')}.attributes`;
const INCOME_INSIGHTS = `${product('cra_income_insights')}.attributes`;
const METRICS = [
  `${INCOME_INSIGHTS}.user_summary.income_metrics[]`,
  `${HOME_LENDING}.income_metrics[]`,
] as const;
const money = moneyAt(...METRICS, `${INCOME_INSIGHTS}.income_streams[].income_metrics`);

const SIMPLIFIED = ['cra_home_lending', 'cra_income_insights', 'cra_qualify'];

const otherProducts: Reader = {
  type: 'texts',
  read: (answer) =>
    [...new Set(textsAt(answer, 'report.products[].product'))].filter(
      (name) => !SIMPLIFIED.includes(name),
    ),
};

export const reportSummary: Summary = [
  requestId,
  fact('user_id', 'User ID', 'The user that the report is about', text('user_id')),
  fact('client_user_id', 'Client User ID', 'Your own ID of the user', text('client_user_id')),
  fact(
    'retrieved_time',
    'Retrieved Time',
    'When the report was read, as an ISO 8601 time',
    text('report.retrieved_time'),
  ),
  fact(
    'scope',
    'Scope',
    'The Items that the report covers: those on the Plaid network or those linked with you',
    text('report.scope'),
  ),
  fact(
    'decision_stage',
    'Decision Stage',
    'The stage of your decision that the report is for',
    text('report.decision_stage'),
  ),
  fact(
    'consumer_report_permissible_purpose',
    'Permissible Purpose',
    'The legal reason for reading the report',
    text('report.consumer_report_permissible_purpose'),
  ),
  fact(
    'products',
    'Products',
    'Each product of the report; a product with an error code could not be created',
    table({
      path: 'report.products[]',
      columns: {
        product: text('product'),
        version: text('version'),
        generated_time: text('metadata.generated_time'),
        item_count: number('metadata.item_count'),
        account_count: number('metadata.account_count'),
        error_code: text('errors[0].error_code'),
        error_message: text('errors[0].error_message'),
      },
    }),
  ),
  fact(
    'other_products',
    'Other Products',
    'Products whose values are in the full output only, because Plaid has not published what they hold',
    otherProducts,
  ),
  ...currency(money),
  ...incomeMetrics(money, 'current', ...METRICS),
  ...incomeMetrics(money, 'projected', METRICS[0]),
  ...incomeStreams(`${INCOME_INSIGHTS}.income_streams`, {
    projected_monthly_net_income: number('income_metrics.projected.monthly.net_income'),
  }),
  fact(
    'home_lending_income_stream_count',
    'Home Lending Income Stream Count',
    'Number of income streams found by the Home Lending product',
    number(`${HOME_LENDING}.income_sources.income_stream_count`),
  ),
  fact(
    'home_lending_income_providers',
    'Home Lending Income Providers',
    'Who pays the user, according to the Home Lending product',
    texts(`${HOME_LENDING}.income_sources.income_providers[].name`),
  ),
  fact(
    'loan_payments_cash_advance_count_90d',
    'Loan Payments Cash Advance Count 90 Days',
    'Number of payments on cash advances in the last 90 days',
    number(`${HOME_LENDING}.loan_payments_cash_advance_count_90d`),
  ),
  fact(
    'loan_payments_bnpl_count_90d',
    'Loan Payments BNPL Count 90 Days',
    'Number of buy-now-pay-later payments in the last 90 days',
    number(`${HOME_LENDING}.loan_payments_bnpl_count_90d`),
  ),
  fact(
    'payment_behavior_nsf_late_fees_flag_90d',
    'Payment Behavior NSF Late Fees Flag 90 Days',
    '1 if the last 90 days include fees for insufficient funds or late payments, else 0',
    number(`${HOME_LENDING}.payment_behavior_nsf_late_fees_flag_90d`),
  ),
  fact(
    'qualify_attributes',
    'Qualify Attributes',
    "The attributes of the Qualify product, by Plaid's names",
    attributes(`${product('cra_qualify')}.attributes`),
  ),
  warnings,
];
