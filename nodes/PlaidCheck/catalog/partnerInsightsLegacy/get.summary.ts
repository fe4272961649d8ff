import type { JsonValue } from 'n8n-workflow';

import { generatedTime, ids, institutionIds, institutions } from '../../facts/report/report';
import { lenderApplicationId, partnerScores, ultraFicoScore } from '../../facts/report/scores';
import { count, number, table, text, textsAt, within, type Selection } from '../../facts/read';
import { sortedBy, timeOf } from '../../facts/order';
import { walk } from '../../facts/path';
import { fact, type Fact, type Summary } from '../../facts/summary';

/** Plaid returns a list, which almost always has one report; in any order, so the newest counts. */
const NEWEST: Selection = {
  paths: ['report[]'],
  read: (answer) => sortedBy(walk(answer, 'report[]'), madeAt).at(-1) ?? null,
};

/** One without a time comes before all others. */
const madeAt = (report: JsonValue) => timeOf(textsAt(report, 'generated_time')[0]) ?? 0;

const ofNewest = (facts: readonly Fact[]): Fact[] =>
  facts.map((one) => ({ ...one, ...within(NEWEST, one) }));

export const legacyPartnerInsightsSummary: Summary = [
  ...ofNewest(partnerScores('')),
  fact(
    'report_count',
    'Report Count',
    'Number of reports returned; all other facts except Reports are from the newest one',
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
        ultrafico_score: ultraFicoScore('fico'),
        prism_status: text('prism.status'),
        prism_cash_score: number('prism.cash_score.score'),
        prism_first_detect: number('prism.first_detect.score'),
        prism_detect: number('prism.detect.score'),
        prism_extend: number('prism.extend.score'),
      },
    }),
  ),
  ...ofNewest([generatedTime(text('generated_time')), ...institutions('items[]')]),
  ...ids(
    {
      clientReport: within(NEWEST, text('client_report_id')),
      report: within(NEWEST, text('report_id')),
    },
    ...ofNewest([institutionIds('items[].institution_id'), lenderApplicationId('fico')]),
  ),
];
