import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { operations, resources } from '../nodes/PlaidCheck/catalog/operations';
import { nodeOptions } from '../nodes/PlaidCheck/options/index';
import { cell } from './markdown';

/** The node's options as Markdown: the description, the fields and the operations of each. */
export const aboutOptions = (): string[] => [
  '## Options',
  '',
  'Each is added only when you need it, and starts from its default then. Without it the default holds too, but for Items Per Request: then each item is a request of its own.',
  '',
  '| Option | Default | What it does |',
  '| --- | --- | --- |',
  ...((nodeOptions(operations).options ?? []) as INodeProperties[]).flatMap(rows),
  '',
];

function rows(option: INodeProperties): string[] {
  const { displayName, type, default: initial, description = '' } = option;
  const members = type === 'fixedCollection' ? membersOf(option) : [];
  const where = shownWhere(option);
  const fields =
    option.name === 'createIfExpired'
      ? ' Its fields are those of [Check Report: Create](#check-report-create).'
      : '';
  const said = `${description}.${where ? ` For ${where}.` : ''}${fields}`;
  const own = type === 'fixedCollection' ? '' : `\`${String(initial)}\``;
  return [
    `| ${displayName} | ${own} | ${cell(said)} |`,
    // The fields of a new report are those of Check Report: Create.
    ...(option.name === 'createIfExpired' ? [] : members).map((member) =>
      memberRow(option, member),
    ),
  ];
}

function memberRow({ displayName }: INodeProperties, member: INodeProperties): string {
  const { displayName: name, type, default: initial, description = '', options = [] } = member;
  if (type === 'notice') return `| ${displayName} | | ${cell(`${name}.`)} |`;
  const choices = (options as INodePropertyOptions[]).map(
    (choice) => `${choice.name} (\`${String(choice.value)}\`): ${choice.description ?? ''}.`,
  );
  const said = [`${description}.`, ...choices].join(' ');
  return `| ${displayName} › ${name} | \`${String(initial)}\` | ${cell(said)} |`;
}

const membersOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
  (options as INodePropertyCollection[]).flatMap(({ values }) => values);

/** The resources whose operations have an option; empty if all have it. */
function shownWhere({ displayOptions }: INodeProperties): string {
  const shown = displayOptions?.show?.['/resource'] ?? [];
  return resources
    .filter(({ value }) => (shown as unknown[]).includes(value))
    .map(({ name }) => name)
    .join(' and ');
}
