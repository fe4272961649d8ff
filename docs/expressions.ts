import { operations, type Operation } from '../nodes/PlaidCheck/catalog/operations';
import { describeExpected } from '../nodes/PlaidCheck/fields/expectation';
import type { Content, Field } from '../nodes/PlaidCheck/fields/model';
import { cell } from './markdown';
import { titleOf } from './reference';

/** docs/agent-expressions.md: an expression for each field that a model can fill in. */
export function agentExpressions(): string {
  return [
    '# Expressions for AI agents',
    '',
    '<!-- Made from the catalog by `npm run docs`; a test fails when it is out of date. -->',
    '',
    'Paste one into its field as an expression, and the model of an [AI agent](agents.md) fills the field in. n8n gives the model the name, the type and the description, and nothing else of the node, so the description says which values Plaid takes.',
    '',
    '| Field | Expression | Operations |',
    '| --- | --- | --- |',
    ...rows().map(
      ({ label, expression, titles }) =>
        `| ${label} | \`${cell(expression)}\` | ${cell(firstOf(titles))} |`,
    ),
    '',
  ].join('\n');
}

interface Row {
  label: string;
  expression: string;
  titles: string[];
}

/** One row for each expression, with all its operations. */
function rows(): Row[] {
  const found = new Map<string, Row>();
  for (const operation of operations.filter(({ isCustom }) => !isCustom)) {
    for (const row of operation.fields.flatMap((field) => rowsOf(operation, field))) {
      const known = found.get(row.expression);
      if (known) known.titles.push(...row.titles);
      else found.set(row.expression, row);
    }
  }
  return [...found.values()];
}

function rowsOf(operation: Operation, field: Field, around: readonly Field[] = []): Row[] {
  const { content } = field;
  const path = [...around, field];
  if (content.kind === 'group' || content.kind === 'groupList') {
    return content.members.flatMap((member) => rowsOf(operation, member, path));
  }
  const label = path.map((one) => one.label.name).join(' > ');
  return [{ label, expression: expressionOf(operation, path), titles: [titleOf(operation)] }];
}

/** @see https://docs.n8n.io/advanced-ai/examples/using-the-fromai-function/ */
function expressionOf({ fields }: Operation, path: readonly Field[]): string {
  const field = path.at(-1);
  if (!field) throw new Error('A path without a field');
  // n8n refuses one key with two descriptions, so that of a nested field has those around it.
  const key = keyOf(path.map(({ name }) => name));
  const places = path.flatMap(({ name, content }) =>
    content.kind === 'groupList' ? [name, 0] : [name],
  );
  const expected = describeExpected(fields, places).replace(/^(a list\b.*)$/, '$1, as JSON text');
  const description = [field.label.description, ...(expected === 'text' ? [] : [expected])].join(
    '; ',
  );
  const text = description.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `{{ $fromAI('${key}', '${text}', '${typeOf(field.content)}') }}`;
}

/** The longest key is n8n's own limit. */
const LONGEST_KEY = 64;

function keyOf(names: readonly string[]): string {
  const key = names.join('_');
  return key.length <= LONGEST_KEY ? key : keyOf(names.slice(1));
}

function typeOf({ kind }: Content): 'string' | 'number' | 'boolean' | 'json' {
  switch (kind) {
    case 'wholeNumber':
    case 'decimal':
      return 'number';
    case 'toggle':
      return 'boolean';
    case 'json':
      return 'json';
    default:
      return 'string';
  }
}

const SHOWN_TITLES = 3;

const firstOf = (titles: readonly string[]): string => {
  const shown = titles.slice(0, SHOWN_TITLES).join('; ');
  const more = titles.length - SHOWN_TITLES;
  return more > 0 ? `${shown} and ${more} more` : shown;
};
