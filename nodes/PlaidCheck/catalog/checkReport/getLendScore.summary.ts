import { generatedTime, reportId, requestId, held, warningFacts } from '../../facts/report/report';
import { lendScore } from '../../facts/report/scores';
import { partAt } from '../../facts/read';
import type { Summary } from '../../facts/summary';

const { score, reasonCodes, errorReason } = lendScore(partAt('report.lend_score'), {
  score: 'The score from 1 to 99; a higher one means less risk',
  codesOf: "the LendScore's version",
  noScore: 'score',
});

export const lendScoreSummary: Summary = [
  requestId,
  reportId(),
  generatedTime(),
  score,
  reasonCodes,
  errorReason,
  ...warningFacts(held('report')),
];
