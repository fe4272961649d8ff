import { withBilling } from '../nodes/PlaidCheck/catalog/billing';
import type { Endpoint } from '../nodes/PlaidCheck/catalog/endpoint';
import { catalog } from '../nodes/PlaidCheck/catalog';
import { operations, resources, type Operation } from '../nodes/PlaidCheck/catalog/operations';
import { exampleBody } from '../nodes/PlaidCheck/fields/form';
import { REPORT_PRODUCTS } from '../nodes/PlaidCheck/catalog/shared/reportProductNames';
import { isIdentityChoice } from '../nodes/PlaidCheck/fields/request';
import type { Choice, Content, Field } from '../nodes/PlaidCheck/fields/model';
import { ABOUT_SIMPLIFIED_OUTPUT, factsOf } from './facts';
import { cell } from './markdown';
import { aboutOptions } from './options';

/** docs/reference.md: every resource, operation, field and value of the catalog, as Markdown. */
export function reference(): string {
  return [
    '# Reference',
    '',
    '<!-- Made from the catalog by `npm run docs`; a test fails when it is out of date. -->',
    '',
    `The Plaid Check node has ${operations.length} operations: one for each of ${catalog.length} endpoints, Get Full Report, and Other Plaid Endpoint. The name of a field in the editor is followed by its API name, which is also its parameter name in a saved workflow and its key under "Using JSON".`,
    '',
    ...resources.flatMap(({ value, name }) => [
      `- ${name}: ${operations
        .filter((one) => one.resource === value)
        .map((one) => `[${one.name}](#${anchor(titleOf(one))})`)
        .join(', ')}`,
    ]),
    '',
    ...ABOUT_VALUES,
    ...ABOUT_SIMPLIFIED_OUTPUT,
    ...aboutOptions(),
    ...operations.flatMap(section),
  ].join('\n');
}

/** The one rule by which fields, JSON and options are read. */
const ABOUT_VALUES = [
  '## How values are read',
  '',
  'The node sends exactly what you fill in, or sends nothing and names the field in an error. The same rules apply to fields, JSON and options:',
  '',
  '- **Switches**: true and "true" in any case are true; false, "false" and blank are false, and anything else is rejected. A blank optional switch of a request is omitted. A blank Preview Request is rejected, so that an empty expression never sends a request.',
  '- **Blank values**: an optional text, number, date, drop-down or list of plain values that is blank is left out, and a blank option has its default. A blank list of IDs, list of groups, Item ID, Report ID, Identity, Account Filters or loan application is rejected, because the request would apply to other data. A blank entry in a list is rejected too.',
  '- **Text**: spaces and line breaks around it are dropped; what is inside stays. An expression that was not evaluated (`{{ }}`) and `[object Object]` are rejected, and so is an ID that is only a prefix, such as `usr_`. Your own IDs may be numbers; other texts may not, as a number loses leading zeros.',
  '- **Numbers** may be text, such as "365" or "365.0".',
  '- **Drop-downs** take exactly the listed values, with spaces around them or as numbers. Specify Request, Identify User By, Output and Wait Mode have no silent default.',
  '- **Lists and groups** may be JSON text.',
  "- **Days**: a date, a JavaScript Date or text with a time is read as a day if the time is midnight (in the workflow's time zone or as written), or if it is the same day in every time zone. Otherwise the error names both possible days and nothing is sent.",
  '',
  '| in the field | you give | is sent |',
  '| --- | --- | --- |',
  '| Include Investments | `"TRUE "` | `true` |',
  '| Days Requested | `"365.0"` | `365` |',
  '| User ID | `" usr_1"` with a line break | `usr_1` |',
  '| User ID | `usr_`, as the expression gave nothing | nothing: an error |',
  '| Date of Birth | `1990-01-05 00:00:00` | `1990-01-05` |',
  '| Date of Birth, workflow in New York | `1990-01-05T05:00:00Z` (midnight there) | `1990-01-05` |',
  '| Date of Birth, workflow in New York | `1990-01-05T03:00:00Z` (the evening before there) | nothing: an error that names both days |',
  '| Item IDs | an expression that gave nothing | nothing: an error |',
  '',
  '### What n8n drops before the node sees it',
  '',
  "If a whole collection (Additional Fields, Options, or a group whose fields are all optional) is one expression, it arrives empty, as if you had added nothing. A group with required fields, or a list, arrives empty if it is one expression or lacks n8n's inner `values`; the node then rejects it and names it in the error. Set fields one by one, or use JSON, where an expression may give the whole request.",
  '',
  'In a stored workflow, a field has the name of the API. The members of a required group stand among the fields around it, under both names with two underscores between them, such as `base_fico_score__bureau`: n8n would let a person remove the group itself.',
  '',
];

/** An operation's name in the documents. */
export const titleOf = ({ resource, name }: Endpoint) =>
  `${resources.find(({ value }) => value === resource)?.name ?? resource}: ${name}`;

/** The anchor that GitHub gives a heading. */
const anchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function section(endpoint: Operation): string[] {
  const { documentationUrl, howToVerify, fields, isCustom } = endpoint;
  return [
    `## ${titleOf(endpoint)}`,
    '',
    `${withBilling(endpoint)}.`,
    '',
    `${requestOf(endpoint)} · [Plaid's reference](${documentationUrl}) · ${
      howToVerify === null
        ? 'Sending it again is harmless'
        : 'Sending it again may create, bill, inquire or report again'
    }`,
    '',
    ...(howToVerify === null
      ? []
      : [`If it breaks off, it may have succeeded. ${howToVerify}.`, '']),
    ...(isCustom ? [...ABOUT_CUSTOM] : tableOf(endpoint, fields)),
    ...hintText(endpoint),
    ...factsOf(endpoint),
  ];
}

/** What an item says where Plaid's response lacks what the request asked for. */
const hintText = ({ asksFor }: Operation): string[] =>
  asksFor
    ? [
        `If you set \`${asksFor.request}\` and Plaid returns no \`${asksFor.response}\`, the item has a \`hint\`, and n8n shows it at the output: _${asksFor.hintIfMissing}._`,
        '',
      ]
    : [];

/** The requests of an operation: one, or one for each product. */
const requestOf = ({ path, parts, isCustom }: Operation) =>
  isCustom
    ? '`POST` to any path'
    : parts
      ? Object.values(parts)
          .map((part) => `\`POST ${part.path}\``)
          .join(', ')
      : `\`POST ${path}\``;

const ABOUT_CUSTOM = [
  'Path is that of the endpoint, such as `/institutions/get_by_id`; Request Body (JSON) is the whole request. Safe to Retry says whether to retry it when the first attempt may have succeeded.',
  '',
];

const tableOf = (endpoint: Operation, fields: readonly Field[]) => [
  '| Field | API name | Needed | What it holds |',
  '| --- | --- | --- | --- |',
  ...fields.flatMap((field) => rows(field, '', isIdentityChoice(endpoint, field.name))),
  '',
  'The JSON to start from:',
  '',
  '```json',
  JSON.stringify(exampleBody(endpoint), null, 2),
  '```',
  '',
];

function rows(field: Field, parent: string, isOneOfIdentities = false): string[] {
  const { name, label, required, content } = field;
  const isList = content.kind === 'groupList';
  const path = `${parent}${name}${isList ? '[]' : ''}`;
  const needed = isOneOfIdentities ? 'One of these' : required ? 'Yes' : '';
  const shown = label.deprecated ? `${label.name} (Deprecated)` : label.name;
  const holds = [
    `${label.description}.`,
    contentText(content),
    label.hint && `${label.hint}.`,
    label.emptyMeans && `An empty list means that ${label.emptyMeans}.`,
  ];
  const row = `| ${shown} | \`${path}\` | ${needed} | ${cell(holds.filter(Boolean).join(' '))} |`;
  const members = content.kind === 'group' || isList ? content.members : [];
  return [row, ...members.flatMap((member) => rows(member, `${path}.`))];
}

function contentText(content: Content): string {
  switch (content.kind) {
    case 'choice':
    case 'choices':
      return `${content.kind === 'choices' ? 'Any of' : 'One of'}: ${content.choices.map(choiceText).join(', ')}.`;
    case 'wholeNumber':
      return limitsText(content);
    case 'textList':
      return content.max ? `Up to ${content.max} texts.` : 'Texts.';
    case 'url':
      return 'An https URL.';
    case 'id':
      return content.lookup === 'reportProducts' ? `${KNOWN_PRODUCTS}.` : '';
    case 'json':
      return 'A JSON object.';
    case 'date':
      return 'A date.';
    default:
      return '';
  }
}

/** Plaid adds products without notice. */
const KNOWN_PRODUCTS = `Any product; known are ${Object.entries(REPORT_PRODUCTS)
  .map(([value, name]) => `\`${value}\` (${name})`)
  .join(', ')}`;

const choiceText = ({ value, name }: Choice) =>
  value === null ? '`null`' : name === value ? `\`${value}\`` : `\`${value}\` (${name})`;

function limitsText({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `A whole number from ${min} to ${max}.`;
  return 'A whole number.';
}
