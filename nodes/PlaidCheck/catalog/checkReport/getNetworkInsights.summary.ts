import {
  generatedTime,
  held,
  ids,
  institutionIds,
  institutions,
  REPORT_IDS,
  warningFacts,
} from '../../facts/report/report';
import { attributeCount, attributes } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const ATTRIBUTES = 'report.network_attributes';

export const networkInsightsSummary: Summary = [
  fact(
    'network_attribute_count',
    'Network Attribute Count',
    'Number of network attributes; 0 or null if Plaid could not compute any',
    attributeCount(ATTRIBUTES),
  ),
  fact(
    'network_attributes',
    'Network Attributes',
    "The user's connections to lenders and similar apps, by Plaid's attribute names",
    attributes(ATTRIBUTES),
  ),
  ...warningFacts(held('report')),
  generatedTime(),
  ...institutions('report.items[]'),
  ...ids({ report: REPORT_IDS.report }, institutionIds('report.items[].institution_id')),
];
