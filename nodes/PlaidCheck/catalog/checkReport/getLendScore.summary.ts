import { generatedTime, held, ids, REPORT_IDS, warningFacts } from '../../facts/report/report';
import { lendScore } from '../../facts/report/scores';
import { partAt } from '../../facts/read';
import type { Summary } from '../../facts/summary';

const { score, reasonCodes, reasons, errorReason } = lendScore(partAt('report.lend_score'), {
  score: 'The score from 1 to 99; a higher one means less risk',
  codesOf: "the LendScore's version",
  noScore: 'score',
});

export const lendScoreSummary: Summary = [
  score,
  reasonCodes,
  reasons,
  errorReason,
  ...warningFacts(held('report')),
  generatedTime(),
  ...ids({ report: REPORT_IDS.report }),
];
