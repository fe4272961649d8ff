import {
  clientReportId,
  generatedTime,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../outputs/facts/report';
import { partnerScores } from '../../outputs/facts/scores';
import type { Summary } from '../../outputs/summary';

export const partnerInsightsSummary: Summary = [
  requestId,
  reportId(),
  clientReportId(),
  generatedTime(),
  ...institutions('report.items[]'),
  ...partnerScores('report'),
  warnings,
];
