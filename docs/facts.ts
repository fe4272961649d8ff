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
  "- Amounts outside of tables are in one currency, `currency`: USD if the report names it anywhere, as Plaid's own totals count USD alone, else the only one that it names; `null` if it names several others. Amounts in another currency are left out of totals and never converted: `other_currencies` names them, `other_currency_amount_count` counts them. Amounts whose currency Plaid does not name are left out, too, and counted in `no_currency_amount_count`.",
  '- A total counts each account once. An account that is linked through two Items is recognized by its bank, type, subtype, mask, official name and currency; `possible_duplicate_account_count` counts those left out. Of accounts that look the same, those of one Item count: the Item with the most of them, and of several the one that Plaid read last. Totals that Plaid itself makes of all accounts are replaced by those of the single accounts then, or `null`.',
  '- A total is `null` if one of its amounts is unknown, and its `_unknown_count` says how many are. An amount without a currency does not make it `null`: require `no_currency_amount_count` to be 0 where that matters. A total of Monitoring counts the Items that are available; its income and loan figures are `null` where these have possible duplicate accounts, as Plaid does not say which account they are from.',
  '- Liquid accounts are deposit accounts with the subtype checking, savings, money market, cash management or prepaid. An account without a subtype makes their total unknown.',
  '- Nothing depends on the order of Items, accounts, streams or scores: tables are sorted by their columns, lists of names by name. Of several scores, the first is the one whose ID or variant sorts first; of several reports or versions of a product, the newest counts.',
  "- There is no net cash flow. Plaid's categories, such as TRANSFER_IN_ACCOUNT_TRANSFER, stand for transfers from any account and do not tell the person's own accounts from those of others, so transfers between them would count as income or as spending.",
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
    '| Fact | Kind | Definition | Source | Null or empty if |',
    '| --- | --- | --- | --- | --- |',
    ...summary.map(row),
    '',
  ];
}

function row({
  name,
  type,
  description,
  columns = {},
  sources,
  fromRequest,
  nullRule,
}: Fact): string {
  const listed = Object.keys(columns)
    .map((column) => `\`${column}\``)
    .join(', ');
  const says = listed ? `${description}. Columns: ${listed}.` : `${description}.`;
  const paths = [...new Set(sources)].map((path) => `\`${path}\``);
  if (fromRequest !== undefined) paths.push(`\`${fromRequest}\` of the request`);
  return `| \`${name}\` | ${KINDS[type]} | ${cell(says)} | ${cell(paths.join(', '))} | ${cell(`${nullRule}.`)} |`;
}
