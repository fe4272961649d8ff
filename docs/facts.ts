import type { Endpoint } from '../nodes/PlaidCheck/catalog/endpoint';
import type { FactType } from '../nodes/PlaidCheck/facts/read';
import type { Fact } from '../nodes/PlaidCheck/facts/summary';
import { cell } from './markdown';

/** Rules for the simplified output of every report. */
export const ABOUT_SIMPLIFIED_OUTPUT = [
  '## Simplified output',
  '',
  'With Output set to Simplified, a report comes out as one flat object of the facts that are listed with its operation. The names of the facts, and the columns of tables, are always the same, whatever the report holds:',
  '',
  '- A text, number or yes/no that the report does not hold is `null`, never 0; texts, tables and attributes are empty then.',
  '- Amounts outside of tables are in one currency, `currency`: the one that the report names most often. Amounts in another currency are left out of totals and never converted; `other_currencies` names those. An amount that names no currency is taken to be in `currency`.',
  "- Attributes are an object with names that Plaid chose, which depend on the version of its model. Everything else bears Plaid's words.",
  "- Owners' names, addresses and contacts, and single transactions, are in the full output only.",
  '',
];

const KINDS: Record<FactType, string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes/no',
  texts: 'Texts',
  table: 'Table',
  attributes: 'Attributes',
};

/** The facts of an endpoint's simplified output, as Markdown; empty if it has none. */
export function factsOf({ summary }: Pick<Endpoint, 'summary'>): string[] {
  if (!summary) return [];
  return [
    'The facts of its [simplified output](#simplified-output):',
    '',
    '| Fact | Kind | What it says |',
    '| --- | --- | --- |',
    ...summary.map(row),
    '',
  ];
}

function row({ name, type, description, columns = [] }: Fact): string {
  const listed = columns.map((column) => `\`${column}\``).join(', ');
  const says = listed ? `${description}. Columns: ${listed}.` : `${description}.`;
  return `| \`${name}\` | ${KINDS[type]} | ${cell(says)} |`;
}
