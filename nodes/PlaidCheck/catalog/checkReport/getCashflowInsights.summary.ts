import { generatedTime, held, ids, REPORT_IDS, warningFacts } from '../../facts/report/report';
import { attributeCount, attributes } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

export const cashflowInsightsSummary: Summary = [
  fact(
    'attribute_count',
    'Attribute Count',
    'Number of cashflow attributes; 0 or null if Plaid could not compute any',
    attributeCount('report.attributes'),
  ),
  fact(
    'attributes',
    'Attributes',
    'The cashflow attributes, by their names in the requested attributes version',
    attributes('report.attributes'),
  ),
  ...warningFacts(held('report')),
  generatedTime(),
  ...ids({ report: REPORT_IDS.report }),
];
