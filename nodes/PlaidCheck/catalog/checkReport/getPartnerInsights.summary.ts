import {
  clientReportId,
  generatedTime,
  institutions,
  reportId,
  requestId,
  held,
  warningFacts,
} from '../../facts/report/report';
import { partnerScores } from '../../facts/report/scores';
import type { Summary } from '../../facts/summary';

export const partnerInsightsSummary: Summary = [
  requestId,
  reportId(),
  clientReportId(),
  generatedTime(),
  ...institutions('report.items[]'),
  ...partnerScores('report'),
  ...warningFacts(held('report')),
];
