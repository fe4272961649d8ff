import { accountCount, accountKinds, transactionDates } from '../../facts/report/accounts';
import {
  generatedTime,
  held,
  ids,
  institutionIds,
  itemCount,
  REPORT_IDS,
  warningFacts,
} from '../../facts/report/report';
import { lendScore, scoreCounts } from '../../facts/report/scores';
import {
  attributes,
  firstBy,
  least,
  number,
  table,
  text,
  texts,
  textsAt,
  within,
} from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const SCORES = 'report.lend_scores[]';
const METADATA = 'report.metadata';

/** A report may have a score of each of several variants, in any order. */
const FIRST = firstBy(SCORES, (score) => textsAt(score, 'variant')[0] ?? null);

const first = lendScore(FIRST, {
  score:
    'The score of the variant that sorts first, from 1 to 99; a higher score means less risk; LendScores lists all scores',
  codesOf: 'that variant',
  noScore: 'such score',
});

export const creditProfileReportSummary: Summary = [
  first.score,
  fact(
    'lend_score_variant',
    'LendScore Variant',
    'The variant of LendScore; the first by name if there are several',
    within(FIRST, text('variant')),
  ),
  first.reasonCodes,
  first.reasons,
  first.errorReason,
  fact(
    'lend_score_lowest_score',
    'LendScore Lowest Score',
    'The lowest score of all variants that have one',
    least(`${SCORES}.score`),
  ),
  ...scoreCounts(SCORES, 'score', 'lend_score', 'LendScore'),
  fact(
    'lend_scores',
    'LendScores',
    'Each LendScore of the report',
    table({
      path: SCORES,
      columns: {
        variant: text('variant'),
        score: number('score'),
        reason_codes: texts('reason_codes[]'),
        error_reason: text('error_reason'),
      },
    }),
  ),
  itemCount(number(`${METADATA}.item_count`)),
  accountCount(number(`${METADATA}.account_count`)),
  ...accountKinds((kind) => number(`${METADATA}.${kind}`)),
  ...transactionDates(
    text(`${METADATA}.oldest_transaction_date`),
    text(`${METADATA}.most_recent_transaction_date`),
  ),
  fact(
    'cashflow_insights_attributes',
    'Cashflow Insights Attributes',
    "The cashflow attributes, by Plaid's names",
    attributes('report.cashflow_insights_attributes'),
  ),
  fact(
    'network_insights_attributes',
    'Network Insights Attributes',
    "The network attributes, by Plaid's names",
    attributes('report.network_insights_attributes'),
  ),
  ...warningFacts(held('report')),
  generatedTime(text(`${METADATA}.generated_at`)),
  fact(
    'retrieved_time',
    'Retrieved Time',
    'When the report was read, as an ISO 8601 time',
    text('report.date_retrieved'),
  ),
  fact('inquiry_type', 'Inquiry Type', 'The type of the inquiry', text('report.inquiry_type')),
  ...ids(
    { user: text('user_id'), clientReport: REPORT_IDS.clientReport },
    institutionIds(`${METADATA}.institution_ids[]`),
  ),
];
