import {
  generatedTime,
  institutions,
  reportId,
  requestId,
  warnings,
} from '../../facts/report/report';
import { attributeCount, attributes } from '../../facts/read';
import { fact, type Summary } from '../../facts/summary';

const ATTRIBUTES = 'report.network_attributes';

export const networkInsightsSummary: Summary = [
  requestId,
  reportId(),
  generatedTime(),
  ...institutions('report.items[]'),
  fact(
    'network_attribute_count',
    'Network Attribute Count',
    'How many network attributes there are; 0 or null says that Plaid could compute none',
    attributeCount(ATTRIBUTES),
  ),
  fact(
    'network_attributes',
    'Network Attributes',
    "The user's connections to lenders and the like, by the names that Plaid gave them",
    attributes(ATTRIBUTES),
  ),
  warnings,
];
