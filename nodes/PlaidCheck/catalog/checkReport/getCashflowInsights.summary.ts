import { generatedTime, reportId, requestId, warnings } from '../../facts/report/report';
import { attributeCount, attributes } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

export const cashflowInsightsSummary: Summary = [
  requestId,
  reportId(),
  generatedTime(),
  fact(
    'attribute_count',
    'Attribute Count',
    'How many cashflow attributes there are; 0 or null says that Plaid could compute none',
    attributeCount('report.attributes'),
  ),
  fact(
    'attributes',
    'Attributes',
    'The cashflow attributes by the names that Plaid gave them in the attributes version you asked for',
    attributes('report.attributes'),
  ),
  warnings,
];
