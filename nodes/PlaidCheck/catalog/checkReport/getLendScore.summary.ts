import { generatedTime, reportId, requestId, warnings } from '../../facts/report/report';
import { number, text, texts } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const SCORE = 'report.lend_score';

export const lendScoreSummary: Summary = [
  requestId,
  reportId(),
  generatedTime(),
  fact(
    'lend_score',
    'LendScore',
    'The score from 1 to 99; higher means less risk',
    number(`${SCORE}.score`),
  ),
  fact(
    'lend_score_reason_codes',
    'LendScore Reason Codes',
    'The risk reasons, as codes of the LendScore version',
    texts(`${SCORE}.reason_codes[]`),
  ),
  fact(
    'lend_score_error_reason',
    'LendScore Error Reason',
    'Why the score is missing',
    text(`${SCORE}.error_reason`),
  ),
  warnings,
];
