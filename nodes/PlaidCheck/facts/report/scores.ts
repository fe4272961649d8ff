import { either, flag, number, table, text, texts } from '../read';
import { fact, type Fact } from '../summary';

/** A score with the version of its model, its reason codes and why there is none. */
const prismScore = (at: string, name: string, label: string, risk: string, versions: string[]) => [
  fact(
    `prism_${name}`,
    `Prism ${label}`,
    `Prism Data's score for the risk of ${risk}, from 1 to 999; a higher one means less risk`,
    number(`${at}.${name}.score`),
  ),
  fact(
    `prism_${name}_version`,
    `Prism ${label} Version`,
    `The version of the model of Prism's ${label}`,
    version(`${at}.${name}`, versions),
  ),
  fact(
    `prism_${name}_reason_codes`,
    `Prism ${label} Reason Codes`,
    `The reason codes of Prism's ${label}`,
    texts(`${at}.${name}.reason_codes[]`),
  ),
  fact(
    `prism_${name}_error_reason`,
    `Prism ${label} Error Reason`,
    `Why there is no ${label}`,
    text(`${at}.${name}.error_reason`),
  ),
];

/** The deprecated field of some products is a number. */
const BOTH = ['model_version', 'version'];
const NEW = ['model_version'];

const version = (at: string, [first = '', ...others]: string[]) =>
  either(text(`${at}.${first}`), ...others.map((name) => text(`${at}.${name}`)));

const negativeCodes = (at: string) =>
  either(
    texts(`${at}.negative_reason_codes[]`),
    texts(...[1, 2, 3, 4].map((index) => `${at}.reason_code_${index}`)),
  );

const positiveCodes = (at: string) =>
  either(
    texts(`${at}.positive_reason_codes[]`),
    texts(...[1, 2, 3, 4].map((index) => `${at}.positive_reason_code_${index}`)),
  );

/** @param at path of FICO's part of a report */
const ultraFico = (at: string) => {
  const first = `${at}.ultrafico_score_results[0]`;
  return [
    fact(
      'lender_application_id',
      'Lender Application ID',
      "Your own ID of the application across FICO's systems",
      text(`${at}.lender_application_id`),
    ),
    fact(
      'ultrafico_score',
      'UltraFICO Score',
      'The UltraFICO score of the first scoring request; all of them stand in UltraFICO Score Results',
      number(`${first}.ultrafico_score.score`),
    ),
    fact(
      'ultrafico_score_version',
      'UltraFICO Score Version',
      'The version of that score',
      text(`${first}.ultrafico_score.ultrafico_score_version`),
    ),
    fact(
      'ultrafico_negative_reason_codes',
      'UltraFICO Negative Reason Codes',
      'Why that score is not higher, the most important reason first',
      negativeCodes(`${first}.ultrafico_score`),
    ),
    fact(
      'ultrafico_positive_reason_codes',
      'UltraFICO Positive Reason Codes',
      'Why that score is not lower, the most important reason first',
      positiveCodes(`${first}.ultrafico_score`),
    ),
    fact(
      'ultrafico_did_inquiries_adversely_affect_score',
      'UltraFICO Did Inquiries Adversely Affect Score',
      'Whether inquiries lowered that score without standing among its reason codes, also known as FACTA flag',
      flag(`${first}.ultrafico_score.did_inquiries_adversely_affect_score`),
    ),
    fact(
      'ultrafico_error_reason',
      'UltraFICO Error Reason',
      'Why there is no such score',
      text(`${first}.error_reason`),
    ),
    fact(
      'ultrafico_exclusion_code',
      'UltraFICO Exclusion Code',
      "FICO's code for data that does not allow for such a score, for example too short a history",
      text(`${first}.exclusion_code`),
    ),
    fact(
      'ultrafico_score_results',
      'UltraFICO Score Results',
      'Each scoring request with its score',
      table({
        path: `${at}.ultrafico_score_results[]`,
        columns: {
          request_correlation_id: text('request_correlation_id'),
          score: number('ultrafico_score.score'),
          version: text('ultrafico_score.ultrafico_score_version'),
          negative_reason_codes: negativeCodes('ultrafico_score'),
          positive_reason_codes: positiveCodes('ultrafico_score'),
          error_reason: text('error_reason'),
          exclusion_code: text('exclusion_code'),
        },
      }),
    ),
  ];
};

/** @param words what differs between a report with one LendScore and one with several */
export const lendScore = (
  at: string,
  words: { score: string; codesOf: string; noScore: string },
) => ({
  score: fact('lend_score', 'LendScore', words.score, number(`${at}.score`)),
  reasonCodes: fact(
    'lend_score_reason_codes',
    'LendScore Reason Codes',
    `The reasons for risk, as codes of ${words.codesOf}`,
    texts(`${at}.reason_codes[]`),
  ),
  errorReason: fact(
    'lend_score_error_reason',
    'LendScore Error Reason',
    `Why there is no ${words.noScore}`,
    text(`${at}.error_reason`),
  ),
});

/** @param at path of one report of partner insights, such as `report` */
export const partnerScores = (at: string): Fact[] => [
  ...ultraFico(`${at}.fico`),
  fact(
    'prism_status',
    'Prism Status',
    'Whether Prism Data could work with the report, SUCCESS if so',
    text(`${at}.prism.status`),
  ),
  ...prismScore(`${at}.prism`, 'cash_score', 'CashScore', 'a default', BOTH),
  ...prismScore(`${at}.prism`, 'first_detect', 'FirstDetect', 'an early default or fraud', BOTH),
  ...prismScore(`${at}.prism`, 'detect', 'Detect', "the consumer's own fraud", NEW),
  ...prismScore(`${at}.prism`, 'extend', 'Extend', 'a default on a short-term loan', NEW),
  fact(
    'prism_insights_version',
    'Prism Insights Version',
    "The version of Prism's Insights; its some 2,000 attributes stand in the full output only",
    version(`${at}.prism.insights`, BOTH),
  ),
  fact(
    'prism_insights_error_reason',
    'Prism Insights Error Reason',
    'Why there are no Insights',
    text(`${at}.prism.insights.error_reason`),
  ),
];
