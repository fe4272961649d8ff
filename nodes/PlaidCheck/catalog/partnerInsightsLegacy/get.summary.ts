import {
  clientReportId,
  generatedTime,
  institutions,
  reportId,
  requestId,
} from '../../facts/report/report';
import { partnerScores } from '../../facts/report/scores';
import { count, number, table, text } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

/** Plaid returns a list, which almost always has one report. */
const FIRST = 'report[0]';

export const legacyPartnerInsightsSummary: Summary = [
  requestId,
  reportId(`${FIRST}.report_id`),
  clientReportId(`${FIRST}.client_report_id`),
  generatedTime(`${FIRST}.generated_time`),
  ...institutions(`${FIRST}.items[]`),
  ...partnerScores(FIRST),
  fact(
    'report_count',
    'Report Count',
    'Number of reports returned; all other facts except Reports are from the first one',
    count('report[]'),
  ),
  fact(
    'reports',
    'Reports',
    'Each report with its scores',
    table({
      path: 'report[]',
      columns: {
        report_id: text('report_id'),
        client_report_id: text('client_report_id'),
        generated_time: text('generated_time'),
        ultrafico_score: number('fico.ultrafico_score_results[0].ultrafico_score.score'),
        prism_status: text('prism.status'),
        prism_cash_score: number('prism.cash_score.score'),
        prism_first_detect: number('prism.first_detect.score'),
        prism_detect: number('prism.detect.score'),
        prism_extend: number('prism.extend.score'),
      },
    }),
  ),
];
