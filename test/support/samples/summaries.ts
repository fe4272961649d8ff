import type { JsonObject, JsonValue } from 'n8n-workflow';

import { baseReportSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getBaseReport.summary';
import { cashflowInsightsSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getCashflowInsights.summary';
import { homeLendingReportSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getHomeLendingReport.summary';
import { incomeInsightsSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getIncomeInsights.summary';
import { lendScoreSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getLendScore.summary';
import { networkInsightsSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getNetworkInsights.summary';
import { partnerInsightsSummary } from '../../../nodes/PlaidCheck/catalog/checkReport/getPartnerInsights.summary';
import { creditProfileReportSummary } from '../../../nodes/PlaidCheck/catalog/creditProfile/getReport.summary';
import { monitoringInsightsSummary } from '../../../nodes/PlaidCheck/catalog/monitoring/getInsights.summary';
import { legacyPartnerInsightsSummary } from '../../../nodes/PlaidCheck/catalog/partnerInsightsLegacy/get.summary';
import { reportSummary } from '../../../nodes/PlaidCheck/catalog/report/get.summary';
import { simplified, type Fact, type Summary } from '../../../nodes/PlaidCheck/facts/summary';

/** Every summary by the path of the endpoint whose answer it reads. */
export const SUMMARIES: Readonly<Record<string, Summary>> = {
  '/cra/check_report/base_report/get': baseReportSummary,
  '/cra/check_report/income_insights/get': incomeInsightsSummary,
  '/cra/check_report/partner_insights/get': partnerInsightsSummary,
  '/cra/check_report/cashflow_insights/get': cashflowInsightsSummary,
  '/cra/check_report/lend_score/get': lendScoreSummary,
  '/cra/check_report/network_insights/get': networkInsightsSummary,
  '/cra/check_report/verification/get': homeLendingReportSummary,
  '/cra/report/get': reportSummary,
  '/cra/credit_profile/report/get': creditProfileReportSummary,
  '/cra/monitoring_insights/get': monitoringInsightsSummary,
  '/cra/partner_insights/get': legacyPartnerInsightsSummary,
};

/** The simplified answer of an endpoint, by its path below /cra. */
export const inShort = (path: string, answer: JsonObject): Record<string, JsonValue> =>
  simplified(SUMMARIES[`/cra/${path}/get`] ?? [], answer);

/** What is wrong with the type of a fact's value; empty if nothing is. */
export function typeProblems({ name, type, columns }: Fact, value: JsonValue): string[] {
  const problem = [`${name} is no ${type}: ${JSON.stringify(value)}`];
  switch (type) {
    case 'text':
      return value === null || typeof value === 'string' ? [] : problem;
    case 'number':
      return value === null || (Number.isFinite(value) && !Object.is(value, -0)) ? [] : problem;
    case 'boolean':
      return value === null || typeof value === 'boolean' ? [] : problem;
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string') ? [] : problem;
    case 'attributes':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? [] : problem;
    case 'table': {
      const keys = (row: JsonValue) => JSON.stringify(Object.keys(row ?? {}));
      const isTable =
        Array.isArray(value) &&
        value.every((row) => keys(row) === JSON.stringify(Object.keys(columns ?? {})));
      return isTable ? [] : problem;
    }
  }
}
