import type { JsonValue } from 'n8n-workflow';

import { walk } from '../path';
import {
  attributes,
  count,
  either,
  firstBy,
  flag,
  least,
  number,
  numbersAt,
  table,
  text,
  texts,
  textsAt,
  within,
  type Reader,
  type Selection,
} from '../read';
import { fact, type Fact } from '../summary';
import { reasons } from './reasons';

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
  reasons(
    `prism_${name}_reasons`,
    `Prism ${label} Reasons`,
    `The reasons of Prism's ${label}`,
    'prism',
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

/** FICO writes the exclusion code 0 where it made a score. */
const exclusionCode = (): Reader => {
  const code = text('exclusion_code');
  return {
    ...code,
    nullRule: 'Plaid does not send it, or it is "0": a score was made',
    read: (result) => {
      const found = code.read(result);
      return typeof found === 'string' && /^0+$/.test(found.trim()) ? null : found;
    },
  };
};

/**
 * How many requests for a score ended with one, and how many without.
 * @param results path of the results
 * @param score path of the score in a result
 */
export const scoreCounts = (results: string, score: string, name: string, label: string) => {
  const counted = (hasScore: boolean): Reader => ({
    ...count(results),
    nullRule: 'Plaid sends no list of results',
    read: (answer) => {
      const all = walk(answer, results);
      const isListed = count(results).read(answer) !== null;
      const isMeant = (one: JsonValue) => numbersAt(one, score).length > 0 === hasScore;
      return isListed ? all.filter(isMeant).length : null;
    },
  });
  return [
    fact(
      `${name}_scored_count`,
      `${label} Scored Count`,
      `How many results have a ${label} score`,
      counted(true),
    ),
    fact(
      `${name}_failed_count`,
      `${label} Failed Count`,
      `How many results have no ${label} score`,
      counted(false),
    ),
  ];
};

/** The first of several scoring requests, by the lender's ID of it. */
const firstResult = (fico: string) =>
  firstBy(`${fico}.ultrafico_score_results[]`, (result) => [
    textsAt(result, 'request_correlation_id')[0] ?? null,
    textsAt(result, 'fico_scoring_request_id')[0] ?? null,
  ]);

/** The UltraFICO score of the first scoring request. */
export const ultraFicoScore = (fico: string) =>
  within(firstResult(fico), number('ultrafico_score.score'));

/** @param at path of FICO's part of a report */
export const lenderApplicationId = (at: string) =>
  fact(
    'lender_application_id',
    'Lender Application ID',
    "Your own ID of the application across FICO's systems",
    text(`${at}.lender_application_id`),
  );

/** @param at path of FICO's part of a report */
const ultraFico = (at: string) => {
  const results = `${at}.ultrafico_score_results[]`;
  const first = firstResult(at);
  const ofFirst = (reader: Reader) => within(first, reader);
  return [
    fact(
      'ultrafico_score',
      'UltraFICO Score',
      'The UltraFICO score of the first scoring request, by request_correlation_id; all of them stand in UltraFICO Score Results',
      ultraFicoScore(at),
    ),
    fact(
      'ultrafico_score_version',
      'UltraFICO Score Version',
      'The version of that score',
      ofFirst(text('ultrafico_score.ultrafico_score_version')),
    ),
    fact(
      'ultrafico_negative_reason_codes',
      'UltraFICO Negative Reason Codes',
      'Why that score is not higher, the most important reason first',
      ofFirst(negativeCodes('ultrafico_score')),
    ),
    fact(
      'ultrafico_positive_reason_codes',
      'UltraFICO Positive Reason Codes',
      'Why that score is not lower, the most important reason first',
      ofFirst(positiveCodes('ultrafico_score')),
    ),
    reasons(
      'ultrafico_negative_reasons',
      'UltraFICO Negative Reasons',
      'Why that score is not higher, the most important reason first',
      'ultraFico',
      ofFirst(negativeCodes('ultrafico_score')),
    ),
    reasons(
      'ultrafico_positive_reasons',
      'UltraFICO Positive Reasons',
      'Why that score is not lower, the most important reason first',
      'ultraFico',
      ofFirst(positiveCodes('ultrafico_score')),
    ),
    fact(
      'ultrafico_did_inquiries_adversely_affect_score',
      'UltraFICO Did Inquiries Adversely Affect Score',
      'Whether inquiries lowered that score without standing among its reason codes, also known as FACTA flag',
      ofFirst(flag('ultrafico_score.did_inquiries_adversely_affect_score')),
    ),
    fact(
      'ultrafico_error_reason',
      'UltraFICO Error Reason',
      'Why there is no such score',
      ofFirst(text('error_reason')),
    ),
    fact(
      'ultrafico_exclusion_code',
      'UltraFICO Exclusion Code',
      "FICO's code for data that does not allow for such a score, for example too short a history; null where there is a score (FICO's code 0)",
      ofFirst(exclusionCode()),
    ),
    fact(
      'ultrafico_lowest_score',
      'UltraFICO Lowest Score',
      'The lowest UltraFICO score of all scoring requests that have one',
      least(`${results}.ultrafico_score.score`),
    ),
    ...scoreCounts(results, 'ultrafico_score.score', 'ultrafico', 'UltraFICO'),
    fact(
      'ultrafico_score_results',
      'UltraFICO Score Results',
      'Each scoring request with its score',
      table({
        path: results,
        columns: {
          request_correlation_id: text('request_correlation_id'),
          fico_scoring_request_id: text('fico_scoring_request_id'),
          score: number('ultrafico_score.score'),
          version: text('ultrafico_score.ultrafico_score_version'),
          negative_reason_codes: negativeCodes('ultrafico_score'),
          positive_reason_codes: positiveCodes('ultrafico_score'),
          did_inquiries_adversely_affect_score: flag(
            'ultrafico_score.did_inquiries_adversely_affect_score',
          ),
          error_reason: text('error_reason'),
          exclusion_code: exclusionCode(),
        },
      }),
    ),
    fact(
      'report_characteristics',
      'Report Characteristics',
      "FICO's characteristics of the report as they are, such as avg_daily_balance_over_3_months and tot_number_days_with_negative_balance_over_3_months",
      attributes(`${at}.report_characteristics`),
    ),
  ];
};

/** @param words what differs between a report with one LendScore and one with several */
export const lendScore = (
  at: Selection,
  words: { score: string; codesOf: string; noScore: string },
) => ({
  score: fact('lend_score', 'LendScore', words.score, within(at, number('score'))),
  reasonCodes: fact(
    'lend_score_reason_codes',
    'LendScore Reason Codes',
    `The reasons for risk, as codes of ${words.codesOf}`,
    within(at, texts('reason_codes[]')),
  ),
  reasons: reasons(
    'lend_score_reasons',
    'LendScore Reasons',
    `The reasons for risk, by the codes of ${words.codesOf}`,
    'lendScore',
    within(at, texts('reason_codes[]')),
  ),
  errorReason: fact(
    'lend_score_error_reason',
    'LendScore Error Reason',
    `Why there is no ${words.noScore}`,
    within(at, text('error_reason')),
  ),
});

/** @param report path of one report of partner insights, such as `report`; empty for the value itself */
export const partnerScores = (report: string): Fact[] => {
  const at = report === '' ? '' : `${report}.`;
  return [
    ...ultraFico(`${at}fico`),
    fact(
      'prism_status',
      'Prism Status',
      'Whether Prism Data could work with the report, SUCCESS if so',
      text(`${at}prism.status`),
    ),
    ...prismScore(`${at}prism`, 'cash_score', 'CashScore', 'a default', BOTH),
    ...prismScore(`${at}prism`, 'first_detect', 'FirstDetect', 'an early default or fraud', BOTH),
    ...prismScore(`${at}prism`, 'detect', 'Detect', "the consumer's own fraud", NEW),
    ...prismScore(`${at}prism`, 'extend', 'Extend', 'a default on a short-term loan', NEW),
    fact(
      'prism_insights_version',
      'Prism Insights Version',
      "The version of Prism's Insights; its some 2,000 attributes stand in the full output only",
      version(`${at}prism.insights`, BOTH),
    ),
    fact(
      'prism_insights_error_reason',
      'Prism Insights Error Reason',
      'Why there are no Insights',
      text(`${at}prism.insights.error_reason`),
    ),
  ];
};
