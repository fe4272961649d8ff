import {
  generatedTime,
  held,
  ids,
  institutionIds,
  institutions,
  REPORT_IDS,
  warningFacts,
} from '../../facts/report/report';
import { lenderApplicationId, partnerScores } from '../../facts/report/scores';
import type { Summary } from '../../facts/summary';

export const partnerInsightsSummary: Summary = [
  ...partnerScores('report'),
  ...warningFacts(held('report')),
  generatedTime(),
  ...institutions('report.items[]'),
  ...ids(
    REPORT_IDS,
    institutionIds('report.items[].institution_id'),
    lenderApplicationId('report.fico'),
  ),
];
