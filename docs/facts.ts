import type { Endpoint } from '../nodes/PlaidCheck/catalog/endpoint';
import type { FactType } from '../nodes/PlaidCheck/facts/read';
import type { Fact } from '../nodes/PlaidCheck/facts/summary';
import { cell } from './markdown';

/** Rules for the simplified output of every report. */
export const ABOUT_SIMPLIFIED_OUTPUT = [
  '## Simplified output',
  '',
  'With Output set to Simplified, the default, a report comes out as one flat object of the facts that are listed with its operation, figures first and IDs last. The names of the facts, and the columns of tables, are always the same, whatever the report holds:',
  '',
  '- A text, number or yes/no that the report does not hold is `null`, never 0; texts, tables and attributes are empty then.',
  "- Amounts outside of tables are in one currency, `currency`: USD if the report names it anywhere, as Plaid's own totals count USD alone, else the only one that it names; `null` if it names several others. Amounts in another currency are left out of totals and never converted: `other_currencies` names them, `other_currency_amount_count` counts them. Amounts whose currency Plaid does not name are left out, too, and counted in `no_currency_amount_count`.",
  '- A total counts each account once. An account that is linked through two Items is recognized by its bank, type, subtype, mask, official name and currency; `possible_duplicate_account_count` counts those left out. Of accounts that look the same, those of one Item count: the Item with the most of them, and of several the one that Plaid read last. Totals that Plaid itself makes of all accounts are replaced by those of the single accounts then, or `null`.',
  '- A total is `null` if one of its amounts is unknown, and its `_unknown_count` says how many are. An amount without a currency does not make it `null`: require `no_currency_amount_count` to be 0 where that matters. A total of Monitoring counts the Items that are available; its income and loan figures are `null` where these have possible duplicate accounts, as Plaid does not say which account they are from.',
  '- Liquid accounts are deposit accounts with the subtype checking, savings, money market, cash management or prepaid. An account without a subtype makes their total unknown.',
  '- Nothing depends on the order of Items, accounts, streams or scores: tables are sorted by their columns, lists of names by name. Of several scores, the first is the one whose ID or variant sorts first; of several reports or versions of a product, the newest counts.',
  "- There is no net cash flow. Plaid's categories, such as TRANSFER_IN_ACCOUNT_TRANSFER, stand for transfers from any account and do not tell the person's own accounts from those of others, so transfers between them would count as income or as spending.",
  "- Attributes are an object with names that Plaid chose, which depend on the version of its model. Everything else bears Plaid's words.",
  '- `user_id` and `client_report_id` are in every simplified report: those of the request where Plaid does not send them, `null` where the request has none either.',
  "- Owners' names, addresses and contacts, account numbers, the names that owners gave accounts, and single transactions and their texts are in the full output and in selected paths only; see [Personal data](personal-data.md). Names of banks, employers and other payers of income stay.",
  '- Get Full Report gives the facts of all its products as one flat row. A fact whose name only one product has keeps it, such as `lend_score`; one whose name several have follows the product, such as `base_report_is_complete`. The names do not depend on the products that you choose. `user_id`, `client_report_id` and `report_id` are there once. `complete` says whether every product was read, not whether every bank was: that is `base_report_is_complete` and its like. With If a Product Fails: Continue, the facts of one that failed are `null` or empty, and the list `errors` has its error.',
  "- Reasons are tables of `code` and `text` in the order of the codes. The texts of LendScore are those of Plaid's sample application [credit-quickstart](https://github.com/plaid/credit-quickstart), which does not say for which version of the model they hold; check them against the documents of your contract before you send them to anyone. No public list of the codes of UltraFICO and Prism exists: fill in yours under the option Reason Texts. A code without a known text is its own text.",
  '',
  '## Full output',
  '',
  "An operation without facts outputs Plaid's response as it is. If Plaid does not name the user in it and the request has a `user_id`, that follows at its end, so that the next node finds the user; what Plaid sends is never replaced. A report whose Output is Full is Plaid's response alone.",
  '',
  '## Fields of the input item',
  '',
  "With the option Include Input Fields, fields of the input item come before the node's own, as with n8n's Edit Fields: all of them, or those under Fields to Include (`loan.amount` stays nested; one that the item lacks is `null`). Where both have a field of the same name, that of the output keeps it and that of the input comes last as `input_` and its name, so nothing is lost. Each item of a split list has the fields, and so do a preview, an error item and the item with which a paused execution resumes. On the error output, n8n itself adds all input fields. Files of the input are not passed on.",
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
