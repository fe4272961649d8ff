import { incomeMetrics, incomeStreams } from '../../facts/report/income';
import { currency } from '../../facts/report/balances';
import { accountCount, accountKinds, transactionDates } from '../../facts/report/accounts';
import {
  generatedTime,
  held,
  ids,
  institutionIds,
  itemCount,
  OF_REQUEST,
  warningFacts,
  type Gap,
} from '../../facts/report/report';
import { amountsIn, moneyAt } from '../../facts/money';
import { walk } from '../../facts/path';
import {
  agreed,
  attributes,
  names,
  number,
  partAt,
  table,
  text,
  texts,
  within,
  type Reader,
  type Selection,
} from '../../facts/read';
import { newestProduct } from '../../facts/report/products';
import { fact, orFromRequest, type Summary } from '../../facts/summary';

const HOME_LENDING = newestProduct('cra_home_lending');
const INCOME_INSIGHTS = newestProduct('cra_income_insights');
const QUALIFY = newestProduct('cra_qualify');

const ofHomeLending = (reader: Reader) => within(HOME_LENDING, reader);

/** Income figures all come from one product: from Home Lending only where the report has no Income Insights at all. */
const INSTEAD: Selection = {
  paths: HOME_LENDING.paths,
  read: (answer) => (INCOME_INSIGHTS.read(answer) === null ? HOME_LENDING.read(answer) : null),
};
const INCOME_SUMMARY = partAt('attributes.user_summary', INCOME_INSIGHTS);
const INCOME_INSTEAD = partAt('attributes', INSTEAD);
const METRICS = 'income_metrics[]';

const INCOME: Selection = {
  paths: [...INCOME_SUMMARY.paths, ...INCOME_INSTEAD.paths],
  read: (answer) => INCOME_SUMMARY.read(answer) ?? INCOME_INSTEAD.read(answer),
};
const STREAMS = partAt('attributes', INCOME_INSIGHTS);
const money = moneyAt(
  amountsIn(INCOME, METRICS),
  amountsIn(STREAMS, 'income_streams[].income_metrics'),
);
const income = (amount: string) => money.at(METRICS, amount, INCOME);

const STREAM_COUNT = number('attributes.income_sources.income_stream_count');
const PROVIDERS = names('attributes.income_sources.income_providers[].name');

/** What all products say of the report that they are parts of. */
const METADATA = 'report.products[].metadata';

/** Only these describe the accounts. */
const ACCOUNT_METADATA = 'report.products[product=cra_income_insights|cra_qualify].metadata';

/** A product with errors could not be created. */
const failedProducts: Gap = {
  sources: ['report.products[].errors[]'],
  isMissing: (answer) => walk(answer, 'report.products[].errors[]').length > 0,
};

const SIMPLIFIED = ['cra_home_lending', 'cra_income_insights', 'cra_qualify'];

const PRODUCT_NAMES = names('report.products[].product');

const otherProducts: Reader = {
  ...PRODUCT_NAMES,
  read: (answer) =>
    (PRODUCT_NAMES.read(answer) as string[]).filter((name) => !SIMPLIFIED.includes(name)),
};

export const reportSummary: Summary = [
  ...currency(money),
  ...incomeMetrics('current', income),
  // Home Lending has no projected income.
  ...incomeMetrics('projected', (amount) => money.at(METRICS, amount, INCOME_SUMMARY)),
  ...incomeStreams(
    money,
    {
      part: STREAMS,
      madeAt: within(INCOME_INSIGHTS, text('metadata.generated_time')),
      counted: within(INSTEAD, STREAM_COUNT),
      providers: within(INSTEAD, PROVIDERS),
    },
    {
      projected_monthly_net_income: number('income_metrics.projected.monthly.net_income'),
    },
  ),
  fact(
    'home_lending_income_stream_count',
    'Home Lending Income Stream Count',
    'Number of income streams found by the Home Lending product',
    ofHomeLending(STREAM_COUNT),
  ),
  fact(
    'home_lending_income_providers',
    'Home Lending Income Providers',
    'Who pays the user, according to the Home Lending product',
    ofHomeLending(PROVIDERS),
  ),
  fact(
    'loan_payments_cash_advance_count_90d',
    'Loan Payments Cash Advance Count 90 Days',
    'Number of payments on cash advances in the last 90 days',
    ofHomeLending(number('attributes.loan_payments_cash_advance_count_90d')),
  ),
  fact(
    'loan_payments_bnpl_count_90d',
    'Loan Payments BNPL Count 90 Days',
    'Number of buy-now-pay-later payments in the last 90 days',
    ofHomeLending(number('attributes.loan_payments_bnpl_count_90d')),
  ),
  fact(
    'payment_behavior_nsf_late_fees_flag_90d',
    'Payment Behavior NSF Late Fees Flag 90 Days',
    '1 if the last 90 days include fees for insufficient funds or late payments, else 0',
    ofHomeLending(number('attributes.payment_behavior_nsf_late_fees_flag_90d')),
  ),
  fact(
    'qualify_attributes',
    'Qualify Attributes',
    "The attributes of the Qualify product, by Plaid's names",
    within(QUALIFY, attributes('attributes')),
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
        // A fraud block may stand behind another error.
        error_codes: texts('errors[].error_code'),
      },
    }),
  ),
  fact(
    'other_products',
    'Other Products',
    'Products whose values are in the full output only, because Plaid has not published what they hold',
    otherProducts,
  ),
  ...warningFacts(held('report.products[]'), failedProducts),
  itemCount(agreed(METADATA, number('item_count'))),
  accountCount(agreed(METADATA, number('account_count'))),
  ...accountKinds((kind) => agreed(ACCOUNT_METADATA, number(kind))),
  ...transactionDates(
    agreed(ACCOUNT_METADATA, text('oldest_transaction_date')),
    agreed(ACCOUNT_METADATA, text('most_recent_transaction_date')),
  ),
  generatedTime(agreed(METADATA, text('generated_time'))),
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
  ...ids(
    { user: text('user_id') },
    institutionIds(`${METADATA}.institution_ids[]`),
    fact('client_user_id', 'Client User ID', 'Your own ID of the user', text('client_user_id')),
    orFromRequest(
      'report_id',
      fact('report_id', 'Report ID', 'The ID of the report, if you read it by its ID', OF_REQUEST),
    ),
  ),
];
