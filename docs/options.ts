import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { operations, resources } from '../nodes/PlaidCheck/catalog/operations';
import { OPTIONS } from '../nodes/PlaidCheck/options/declarations';
import { nodeOptions } from '../nodes/PlaidCheck/options/index';
import type { Option } from '../nodes/PlaidCheck/options/option';
import { cell } from './markdown';

/** The node's options as Markdown: the description, the fields and the operations of each. */
export const aboutOptions = (): string[] => [
  '## Options',
  '',
  'An option that you add starts with its default. Without the option, the default applies too, except that Add Receipt, Create Report If Expired, Create Report If Missing or Expired, If a Report Exists, If a Subscription Exists, Include Attempts, Include Billing, Include Input Fields, Leave Out Personal Data, Preview Request, Save IDs to Execution Data, Split Into Items, Stop Starting New Items After, Use the Answer of This Run and Wait Until Ready are off and Items Per Request is 1. Without Allow at Most, a tool of an AI agent allows 1 call, and any other node has no limit. Without Leave Out Personal Data, a tool leaves personal data out. A value outside the limits fails the item before anything is sent.',
  '',
  '| Option | Default | What it does |',
  '| --- | --- | --- |',
  ...((nodeOptions(operations).options ?? []) as INodeProperties[]).flatMap(rows),
  '',
];

/** Options whose fields are those of an operation. */
const NEW_REPORT: Readonly<Record<string, string>> = {
  createIfExpired: '[Check Report (Legacy API): Create](#check-report-legacy-api-create)',
  createReportIfExpired:
    '[Check Report: Create](#check-report-create), without those that the request already has',
};

function rows(option: INodeProperties): string[] {
  const { displayName, type, default: initial, description = '' } = option;
  const isNewReport = option.name in NEW_REPORT;
  const members = type === 'fixedCollection' && !isNewReport ? membersOf(option) : [];
  const where = shownWhere(option);
  const said = [
    `${description}.`,
    limitsOf(option),
    where && `For ${where}.`,
    isNewReport && `Its fields are those of ${NEW_REPORT[option.name]}.`,
  ]
    .filter(Boolean)
    .join(' ');
  const own = type === 'fixedCollection' || String(initial) === '' ? '' : `\`${String(initial)}\``;
  return [
    `| ${displayName} | ${own} | ${cell(said)} |`,
    ...members.map((member) => memberRow(option, member)),
  ];
}

function memberRow({ displayName }: INodeProperties, member: INodeProperties): string {
  const { displayName: name, type, default: initial, description = '', options = [] } = member;
  if (type === 'notice') return `| ${displayName} | | ${cell(`${name}.`)} |`;
  const choices = (options as INodePropertyOptions[]).map(
    (choice) => `${choice.name} (\`${String(choice.value)}\`): ${choice.description ?? ''}.`,
  );
  const said = [`${description}.`, limitsOf(member), ...choices].filter(Boolean).join(' ');
  return `| ${displayName} › ${name} | \`${String(initial)}\` | ${cell(said)} |`;
}

/** The limits of a number; empty for anything else. */
function limitsOf({ typeOptions = {} }: INodeProperties): string {
  const { minValue, maxValue, numberPrecision } = typeOptions;
  if (minValue === undefined || maxValue === undefined) return '';
  return `${numberPrecision === 0 ? 'A whole number from' : 'From'} ${minValue} to ${maxValue}.`;
}

const membersOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
  (options as INodePropertyCollection[]).flatMap(({ values }) => values);

/** The resources whose operations have an option; empty if all have it. */
function shownWhere({ name }: INodeProperties): string {
  const { shownFor } = (OPTIONS as Record<string, Option>)[name] ?? {};
  if (!shownFor) return '';
  const meant = operations.filter(shownFor).map(({ resource }) => resource);
  return new Intl.ListFormat('en').format(
    resources.filter(({ value }) => meant.includes(value)).map(({ name: shown }) => shown),
  );
}
