import { getBaseReport } from '../nodes/PlaidCheck/catalog/checkReport/getBaseReport';
import { getCashflowInsights } from '../nodes/PlaidCheck/catalog/checkReport/getCashflowInsights';
import { getHomeLendingReport } from '../nodes/PlaidCheck/catalog/checkReport/getHomeLendingReport';
import { getIncomeInsights } from '../nodes/PlaidCheck/catalog/checkReport/getIncomeInsights';
import { getLendScore } from '../nodes/PlaidCheck/catalog/checkReport/getLendScore';
import { getNetworkInsights } from '../nodes/PlaidCheck/catalog/checkReport/getNetworkInsights';
import { getPartnerInsights } from '../nodes/PlaidCheck/catalog/checkReport/getPartnerInsights';
import { getReport } from '../nodes/PlaidCheck/catalog/report/get';
import type { Fact, Summary } from '../nodes/PlaidCheck/facts/summary';
import { cell, withPart } from './markdown';

/** The operations of the legacy API that have facts, by a short name. */
const LEGACY: ReadonlyArray<readonly [name: string, { summary?: Summary }]> = [
  ['Base Report', getBaseReport],
  ['Income Insights', getIncomeInsights],
  ['Home Lending Report', getHomeLendingReport],
  ['LendScore', getLendScore],
  ['Cashflow Insights', getCashflowInsights],
  ['Network Insights', getNetworkInsights],
  ['Partner Insights', getPartnerInsights],
];

const factsOf = ({ summary = [] }: { summary?: Summary }) => summary;
const namesOf = (facts: readonly Fact[]) => [...new Set(facts.map(({ name }) => name))];

const current = factsOf(getReport);
const legacy = LEGACY.flatMap(([, endpoint]) => factsOf(endpoint));

/** Facts that both APIs have. */
export const SHARED_FACTS = namesOf(current).filter((name) => namesOf(legacy).includes(name));

/** Why only one of the APIs has a fact, by the names of the facts. */
type Reasons = ReadonlyArray<readonly [reason: string, names: RegExp]>;

const ONLY_LEGACY: Reasons = [
  [
    'The current API has base reports too, but Plaid has not published what they hold there',
    /_balance(_|$)|_balance_days_|^credit_utilization|^total_(in|out)flow|^nsf_overdraft|^days_available$|^transaction_count$|^accounts$|^possible_duplicate_account_count$|^consumer_dispute_count$/,
  ],
  [
    'The current API has these products too, but Plaid has not published what they hold there',
    /^lend_score|^prism_|^ultrafico_|^fico_|^vantage|^lender_application_id$|^attributes$|^attribute_count$|^network_attribute|^report_characteristics$/,
  ],
  [
    'Only income insights of version 1 have them, which the current API does not have',
    /^(historical|forecasted)_(average|annual)_|^total_amounts$|^bank_income_/,
  ],
  [
    'The Home Lending product of the current API has no assets, no employment part and no ID for Fannie Mae and Freddie Mac',
    /^investment_holdings_value|^employment_refresh_|^(voa|income)_(generated_time|days_requested)$|^gse_reference_id$/,
  ],
  ['The current API does not say how many days the report was asked to cover', /^days_requested$/],
  ['The current API names banks by their IDs only: `institution_ids`', /^institutions$/],
];

const ONLY_CURRENT: Reasons = [
  [
    'One report can hold Income Insights and Home Lending. These are of the latter; the shared names have them where it has no Income Insights',
    /^home_lending_/,
  ],
  [
    "Plaid's own counts. The legacy API has the transactions only, and Plaid has not published how it counts them",
    /^loan_payments_|^payment_behavior_/,
  ],
  ['The legacy API lists the owners of an account, which need not be all', /^multiple_owner_/],
  ['The legacy check reports have no such product', /^qualify_attributes$/],
  ['A report of the legacy API is read product by product', /^(other_)?products$/],
  [
    'The legacy API does not say it, or does not have it',
    /^(retrieved_time|scope|decision_stage|consumer_report_permissible_purpose|client_user_id)$/,
  ],
];

/** The names by their reasons. Throws on a name without one, and on a reason without names. */
function byReason(names: readonly string[], reasons: Reasons): string[] {
  const rest = new Set(names);
  const rows = reasons.map(([reason, pattern]) => {
    const own = [...rest].filter((name) => pattern.test(name));
    if (own.length === 0) throw new Error(`No fact is in one API because: ${reason}`);
    for (const name of own) rest.delete(name);
    return `| ${own.map((name) => `\`${name}\``).join(', ')} | ${cell(reason)} |`;
  });
  if (rest.size > 0) throw new Error(`Facts of one API without a reason: ${[...rest].join(', ')}`);
  return ['| Facts | Reason |', '| --- | --- |', ...rows];
}

/** More would hide the few that matter. */
const MAX_SOURCES = 4;

const sourcesOf = (facts: readonly Fact[]) => {
  const paths = [...new Set(facts.flatMap(({ sources }) => sources))].map((path) => `\`${path}\``);
  const [fromRequest] = facts.flatMap(({ fromRequest: field }) => field ?? []);
  const shown = paths.length > MAX_SOURCES ? [`${paths.length} paths`] : paths;
  return [...shown, ...(fromRequest === undefined ? [] : ['the request'])].join(', ');
};

function sharedRow(name: string): string {
  const inLegacy = LEGACY.flatMap(([label, endpoint]) => {
    const facts = factsOf(endpoint).filter((one) => one.name === name);
    return facts.length > 0 ? [{ label, sources: sourcesOf(facts) }] : [];
  });
  const parts = [...new Set(inLegacy.map(({ sources }) => sources))].map((sources) => {
    const labels = inLegacy.filter((one) => one.sources === sources).map(({ label }) => label);
    return `${labels.join(', ')}: ${sources}`;
  });
  const here = current.filter((one) => one.name === name);
  return `| \`${name}\` | ${cell(parts.join('; '))} | ${cell(sourcesOf(here))} |`;
}

const SHARED_START = '<!-- Facts of both APIs, made from the catalog by `npm run docs` -->';
const LEGACY_START = '<!-- Facts of the legacy API, made from the catalog by `npm run docs` -->';
const CURRENT_START = '<!-- Facts of the current API, made from the catalog by `npm run docs` -->';

/** docs/both-apis.md with its lists of facts. */
export function withBothApis(document: string): string {
  const [old, recent] = [namesOf(legacy), namesOf(current)];
  const parts: ReadonlyArray<readonly [start: string, lines: readonly string[]]> = [
    [
      SHARED_START,
      [
        '| Fact | Legacy API: operations and sources | Current API: sources |',
        '| --- | --- | --- |',
        ...SHARED_FACTS.map(sharedRow),
      ],
    ],
    [
      LEGACY_START,
      byReason(
        old.filter((name) => !recent.includes(name)),
        ONLY_LEGACY,
      ),
    ],
    [
      CURRENT_START,
      byReason(
        recent.filter((name) => !old.includes(name)),
        ONLY_CURRENT,
      ),
    ],
  ];
  return parts.reduce(
    (text, [start, lines]) => withPart(text, start, ['', ...lines, ''].join('\n')),
    document,
  );
}
