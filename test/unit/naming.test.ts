import { join } from 'node:path';

import type * as Eslint from 'eslint';
import {
  NodeConnectionTypes,
  NodeHelpers,
  nodeNameToToolName,
  type INodeProperties,
  type INodePropertyCollection,
  type INodePropertyOptions,
  type INodeTypeDescription,
} from 'n8n-workflow';
import type * as TypeScriptEslint from 'typescript-eslint';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import {
  operations as declared,
  resources,
  type Operation,
} from '../../nodes/PlaidCheck/catalog/operations';
import { showIn } from '../../nodes/PlaidCheck/catalog/shownFor';
import { PARAMETER } from '../../nodes/PlaidCheck/fields/names';
import { showsAtOnce, type Field } from '../../nodes/PlaidCheck/fields/model';
import { factChoices } from '../../nodes/PlaidCheck/lookups/facts';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';
import { PlaidCheckTrigger } from '../../nodes/PlaidCheck/PlaidCheckTrigger.node';
import { nodeProcess, nodeRequire } from '../support/process/nodeRequire';

/*
 * n8n's naming rules (https://docs.n8n.io/integrations/creating-nodes/build/reference/ux-guidelines/)
 * on the description as it is generated: linting the sources says nothing about it.
 */

/** The node's description, with the facts that the editor loads for each operation written out. */
const description: INodeTypeDescription = withFacts(new PlaidCheck().description);
const { description: trigger } = new PlaidCheckTrigger();

function withFacts(node: INodeTypeDescription): INodeTypeDescription {
  const properties = node.properties.flatMap((field) =>
    field.name === PARAMETER.outputFacts
      ? declared.flatMap((one) => factsField(field, one))
      : field,
  );
  return { ...node, properties };
}

function factsField(field: INodeProperties, one: Operation): INodeProperties[] {
  const options = factChoices(one);
  const show = { ...field.displayOptions?.show, ...showIn([one]) };
  return options.length === 0 ? [] : [{ ...field, options, displayOptions: { show } }];
}

interface NodesPlugin {
  configs: { nodes: { rules: Eslint.Linter.RulesRecord } };
}

const { Linter } = nodeRequire('eslint') as typeof Eslint;
const { parser } = nodeRequire('typescript-eslint') as typeof TypeScriptEslint;

/** Under jest the plugin takes every file for one of its own tests', unless it is loaded under another NODE_ENV. */
function loadPlugin(): NodesPlugin {
  const { env } = nodeProcess;
  const environment = env.NODE_ENV;
  env.NODE_ENV = 'production';
  try {
    // It has no types to import.
    return nodeRequire('eslint-plugin-n8n-nodes-base') as NodesPlugin;
  } finally {
    env.NODE_ENV = environment;
  }
}

const plugin = loadPlugin();

/** Some rules are about the file; it does not have to be the one on disk. */
const fileOf = (className: string) =>
  join(__dirname, '..', '..', 'nodes', 'PlaidCheck', `${className}.node.ts`);

interface Message {
  rule: string;
  /** The line of the description's source that it is about */
  source: string;
}

/** Messages of n8n's rules that stand. */
const ACCEPTED: readonly (Message & { reason: string })[] = [
  {
    rule: 'node-param-default-wrong-for-options',
    source: 'default: "",',
    reason:
      'A legal purpose, a credit bureau or a version is for the user to choose: the first one may be wrong.',
  },
  {
    rule: 'node-param-fixed-collection-type-unsorted-items',
    source: 'values: [',
    reason:
      'Required fields stand in the order in which a person thinks of them, as on the top level: the name first, the loan before its dates.',
  },
  ...declared
    .filter(({ action }) => action.endsWith(' (legacy)'))
    .map(({ action }) => ({
      rule: 'node-param-operation-option-action-miscased',
      source: `action: "${action}",`,
      reason: 'The rule takes away parentheses, which mark what a new account does not use.',
    })),
  ...['action: "Create a hosted Link session",', 'action: "Get a Link session",'].map((source) => ({
    rule: 'node-param-operation-option-action-miscased',
    source,
    reason: 'Link is a proper name.',
  })),
  ...[
    'action: "Create an OAuth token for a partner",',
    'action: "Introspect an OAuth token",',
    'action: "Revoke an OAuth token",',
  ].map((source) => ({
    rule: 'node-param-operation-option-action-miscased',
    source,
    reason: 'OAuth is a proper name.',
  })),
];

const isSame = (one: Message, other: Message) =>
  one.rule === other.rule && one.source === other.source;

describe("n8n's own rules", () => {
  const messages = lint(description);

  test('find nothing in the generated description but what is accepted', () => {
    expect(messages.filter((message) => !ACCEPTED.some((one) => isSame(one, message)))).toEqual([]);
  });

  test('find what is accepted, so that no entry outlives its reason', () => {
    expect(ACCEPTED.filter((one) => !messages.some((message) => isSame(one, message)))).toEqual([]);
  });

  test('find nothing in the description of the trigger', () => {
    expect(lint(trigger, { className: 'PlaidCheckTrigger' })).toEqual([]);
  });

  test('control: they know the trigger for one', () => {
    const unnamed = { ...trigger, displayName: 'Plaid Check' };
    expect(lint(unnamed, { className: 'PlaidCheckTrigger' }).map(({ rule }) => rule)).toEqual([
      'node-class-description-display-name-unsuffixed-trigger-node',
    ]);
  });

  // Each damage is done to the generated description, so this shows that the rules do see its fields.
  test.each<[string, (field: INodeProperties) => void]>([
    ['node-param-display-name-miscased', (field) => (field.displayName = 'Days requested')],
    ['node-param-description-excess-final-period', (field) => (field.description += '.')],
    ['node-param-description-excess-inner-whitespace', (field) => (field.description += '  more')],
    ['node-param-description-lowercase-first-char', (field) => (field.description = 'how many')],
    ['node-param-description-weak', (field) => (field.description = 'Resource to operate on')],
    ['node-param-description-miscased-id', (field) => (field.description = 'The Id of it')],
    ['node-param-default-wrong-for-number', (field) => (field.default = '365')],
    ['node-param-required-false', (field) => (field.required = false)],
    [
      'node-param-description-boolean-without-whether',
      (field) => Object.assign(field, { type: 'boolean', default: false }),
    ],
    [
      'node-param-options-type-unsorted-items',
      (field) =>
        Object.assign(field, {
          type: 'options',
          default: 'F',
          options: [...'FEDCBA'].map((name) => ({ name, value: name })),
        }),
    ],
  ])('control: %s is found', (rule, damage) => {
    const damaged = structuredClone(description);
    damage(findField(damaged.properties, 'days_requested'));
    const before = messages.filter((message) => message.rule === rule);
    const after = lint(damaged, { rules: [rule] });
    expect(after).toHaveLength(before.length + 1);
  });
});

interface LintOptions {
  className?: string;
  /** Names without the plugin's; every rule by default */
  rules?: readonly string[];
}

/** Runs n8n's rules for nodes on a description, written out as the source of a node. */
function lint(
  subject: INodeTypeDescription,
  { className = 'PlaidCheck', rules }: LintOptions = {},
) {
  const source = `export class ${className} implements INodeType {
    description: INodeTypeDescription = ${sourceOf(subject)};
  }`;
  const lines = source.split('\n');
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: parser as Eslint.Linter.Parser },
    plugins: { 'n8n-nodes-base': plugin as object },
    rules: Object.fromEntries(
      Object.entries(plugin.configs.nodes.rules).filter(
        ([name]) => rules?.includes(ruleOf(name)) ?? true,
      ),
    ),
  };
  return new Linter({ configType: 'flat' })
    .verify(source, [config], { filename: fileOf(className) })
    .map(({ ruleId, message, line }) => ({
      rule: ruleId ? ruleOf(ruleId) : 'parser',
      message,
      source: lines[line - 1]?.trim() ?? '',
    }));
}

function ruleOf(ruleId: string): string {
  return ruleId.replace('n8n-nodes-base/', '');
}

/** A value as source text, one member a line. The rules know keys only as plain names. */
function sourceOf(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((entry) => `${sourceOf(entry)},\n`).join('')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    // One rule stumbles over what is not indented.
    return ` ${name}: ${sourceOf(member)},\n`;
  });
  return `{\n${members.join('')}}`;
}

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** A field of the description, wherever it stands, with the names that lead to it. */
interface Place {
  path: string;
  field: INodeProperties;
}

const isSection = (entry: Entry): entry is INodePropertyCollection => 'values' in entry;
const isField = (entry: Entry): entry is INodeProperties => 'type' in entry;

const sectionsOf = ({ options = [] }: INodeProperties) => options.filter(isSection);
const choicesOf = ({ options = [] }: INodeProperties) =>
  options.filter((entry): entry is INodePropertyOptions => !isSection(entry) && !isField(entry));
/** The lists of fields that stand right inside of a field. */
const listsIn = (field: INodeProperties): INodeProperties[][] => [
  (field.options ?? []).filter(isField),
  ...sectionsOf(field).map(({ values }) => values),
];

function placesIn(fields: readonly INodeProperties[], prefix = ''): Place[] {
  return fields.flatMap((field) => {
    const path = prefix + field.name;
    return [{ path, field }, ...listsIn(field).flatMap((list) => placesIn(list, `${path}.`))];
  });
}

function findField(fields: readonly INodeProperties[], name: string): INodeProperties {
  const found = placesIn(fields).find(({ field }) => field.name === name);
  if (!found) throw new Error(`There is no field ${name}`);
  return found.field;
}

const isNotice = ({ type }: INodeProperties) => type === 'notice';

/** Every name that the editor shows: of fields, sections and choices. */
const shownNames = ({ path, field }: Place) =>
  isNotice(field)
    ? []
    : [
        { path, name: field.displayName },
        ...sectionsOf(field).map(({ displayName }) => ({ path, name: displayName })),
        ...choicesOf(field).map(({ name }) => ({ path, name })),
      ];

/** Every help text that the editor shows. */
const shownTexts = ({ path, field }: Place) => [
  ...[field.description, field.hint].map((text) => ({ path, text: text ?? '' })),
  ...choicesOf(field).map((choice) => ({
    path: `${path}=${choice.value}`,
    text: choice.description ?? '',
  })),
];

/** Words that Title Case leaves lower-case inside of a name. */
const SMALL_WORDS = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

function isTitleCase(name: string): boolean {
  const words = name.split(/[\s-]+/);
  return words.every((word, index) => {
    const inside = index > 0 && index < words.length - 1;
    return (inside && SMALL_WORDS.has(word)) || !/^[^\p{L}\d]*\p{Ll}/u.test(word);
  });
}

const repeated = (values: readonly unknown[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

const isSorted = (names: readonly string[]) =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? '').localeCompare(name) <= 0);

/** Whether a default is a value that the field can hold. */
function isValidDefault(field: INodeProperties, value: unknown = field.default): boolean {
  const { type, typeOptions = {} } = field;
  if (typeOptions.multipleValues && type !== 'fixedCollection') {
    return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  }
  const values = choicesOf(field).map((choice) => choice.value);
  switch (type) {
    case 'string':
    case 'dateTime':
    case 'notice':
      return typeof value === 'string';
    case 'json':
      return typeof value === 'string' && parses(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      // Empty where no number would be right for everybody.
      return value === '' || isWithin(value, typeOptions);
    case 'options':
      // Empty where the choice is the user's.
      return (value === '' && values.length > 1) || values.some((one) => one === value);
    case 'multiOptions':
      return Array.isArray(value) && value.every((one) => values.includes(one));
    case 'resourceLocator':
      return (
        isObject(value) &&
        value.value === '' &&
        (field.modes ?? []).some(({ name }) => name === value.mode)
      );
    case 'collection':
      return isObject(value) && areValidDefaults((field.options ?? []).filter(isField), value);
    case 'fixedCollection':
      return (
        isObject(value) &&
        Object.entries(value).every(([name, held]) => {
          const fields = sectionsOf(field).find((section) => section.name === name)?.values;
          const entries = typeOptions.multipleValues ? held : [held];
          return (
            fields !== undefined &&
            Array.isArray(entries) &&
            entries.every((entry) => isObject(entry) && areValidDefaults(fields, entry))
          );
        })
      );
    default:
      return false;
  }
}

const areValidDefaults = (fields: readonly INodeProperties[], values: Record<string, unknown>) =>
  Object.entries(values).every(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    return field !== undefined && isValidDefault(field, value);
  });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWithin = (value: unknown, { minValue = -Infinity, maxValue = Infinity }) =>
  typeof value === 'number' && value >= minValue && value <= maxValue;

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A rule for the fields of a description: names what breaks it. `wrong` are fields that do. */
interface NamingRule {
  broken: (fields: INodeProperties[]) => string[];
  wrong: INodeProperties[][];
}

const sample = (field: Partial<INodeProperties>): INodeProperties[] => [
  {
    displayName: 'Sample',
    name: 'sample',
    type: 'string',
    default: '',
    description: 'A sample',
    ...field,
  },
];
const choice = (name: string, value = name): INodePropertyOptions => ({ name, value });
const dropDown = (...options: INodePropertyOptions[]) =>
  sample({ type: 'options', default: options[0]?.value, options });
const collection = (...options: INodeProperties[]) =>
  sample({ type: 'collection', default: {}, placeholder: 'Add Sample Field', options });
const section = (displayName: string, values: INodeProperties[]) =>
  sample({
    type: 'fixedCollection',
    default: {},
    options: [{ displayName, name: 'values', values }],
  });
const called = (name: string, displayName: string) => sample({ name, displayName });

const each =
  (broken: (place: Place) => string[]) =>
  (fields: INodeProperties[]): string[] =>
    placesIn(fields).flatMap(broken);

/** The fields that a person adds from a collection's menu. */
const addable = ({ type, options = [] }: INodeProperties) =>
  type === 'collection' ? options.filter(isField) : [];

const unnamedCollections = each(({ path, field }) =>
  field.type === 'collection' && /^(Add Field)?$/.test(field.placeholder ?? '') ? [path] : [],
);

/** Collections within one of the same name, where a person would not know which one a button belongs to. */
const namedAsOuter = (fields: readonly INodeProperties[], outer: readonly string[]): string[] =>
  fields.flatMap((field) => {
    const names = field.type === 'collection' ? [field.displayName, field.placeholder ?? ''] : [];
    return [
      ...names.filter((name) => outer.includes(name)),
      ...listsIn(field).flatMap((list) => namedAsOuter(list, [...outer, ...names])),
    ].slice(0, 1);
  });

const RULES: Record<string, NamingRule> = {
  'names are in Title Case': {
    broken: each((place) =>
      shownNames(place)
        .filter(({ name }) => !isTitleCase(name))
        .map(({ path, name }) => `${path}: ${name}`),
    ),
    wrong: [
      sample({ displayName: 'Days requested' }),
      dropDown(choice('first choice')),
      section('score request', []),
      section('Score', sample({ displayName: 'base score' })),
      collection(...sample({ displayName: 'Reason of' })),
    ],
  },
  'names and texts have no spaces too many': {
    broken: each((place) =>
      [...shownNames(place).map(({ name }) => name), ...shownTexts(place).map(({ text }) => text)]
        .filter((text) => text !== text.trim() || /\s\s|\n/.test(text))
        .map((text) => `${place.path}: ${text}`),
    ),
    wrong: [
      sample({ description: 'Two  spaces' }),
      sample({ hint: 'One behind ' }),
      sample({ displayName: 'A  Sample' }),
      dropDown({ ...choice('A'), description: ' One before' }),
    ],
  },
  'texts end without a full stop': {
    broken: each((place) =>
      shownTexts(place)
        .filter(({ text }) => text.endsWith('.'))
        .map(({ path }) => path),
    ),
    wrong: [
      sample({ description: 'A sample.' }),
      sample({ hint: 'A hint.' }),
      dropDown({ ...choice('A'), description: 'A choice.' }),
    ],
  },
  'texts start with a capital letter': {
    broken: each((place) =>
      shownTexts(place)
        .filter(({ text }) => /^\p{Ll}/u.test(text))
        .map(({ path }) => path),
    ),
    wrong: [
      sample({ description: 'a sample' }),
      dropDown({ ...choice('A'), description: 'a choice' }),
    ],
  },
  'every field is described, in other words than its name': {
    broken: each(({ path, field }) => {
      const isMissing = !field.description || field.description === field.displayName;
      return isMissing && !isNotice(field) ? [path] : [];
    }),
    wrong: [
      sample({ description: undefined }),
      sample({ description: '' }),
      sample({ description: 'Sample' }),
      section('Score', sample({ description: undefined })),
    ],
  },
  'yes or no is described with "Whether"': {
    broken: each(({ path, field }) =>
      field.type === 'boolean' && !field.description?.startsWith('Whether ') ? [path] : [],
    ),
    wrong: [sample({ type: 'boolean', default: false, description: 'If it is a sample' })],
  },
  'choices and the fields of a collection are in alphabetical order': {
    broken: each(({ path, field }) => {
      const choices = choicesOf(field).map(({ name }) => name);
      const fields = (field.options ?? []).filter(isField).map(({ displayName }) => displayName);
      return isSorted(choices) && isSorted(fields) ? [] : [path];
    }),
    wrong: [
      dropDown(choice('B'), choice('A')),
      collection(...called('b', 'B'), ...called('a', 'A')),
    ],
  },
  'no name or value comes twice in one list': {
    broken: each(({ path, field }) =>
      [
        ...repeated(choicesOf(field).map(({ name }) => name)),
        ...repeated(choicesOf(field).map(({ value }) => value)),
        ...listsIn(field).flatMap((list) => [
          ...repeated(list.map(({ name }) => name)),
          ...repeated(list.map(({ displayName }) => displayName)),
        ]),
      ].map((name) => `${path}: ${name}`),
    ),
    wrong: [
      dropDown(choice('A', 'a'), choice('A', 'b')),
      dropDown(choice('A', 'a'), choice('B', 'a')),
      collection(...called('a', 'A'), ...called('a', 'B')),
      section('Score', [...called('a', 'A'), ...called('b', 'A')]),
    ],
  },
  'a switch in a collection is on when it is added': {
    broken: each(({ path, field }) =>
      addable(field)
        .filter(({ type, default: initial }) => type === 'boolean' && initial !== true)
        .map(({ name }) => `${path}.${name}`),
    ),
    wrong: [
      collection(...sample({ type: 'boolean', default: false, description: 'Whether it is' })),
    ],
  },
  // n8n adds such a list without an entry, whatever its default, and drops it with the next change.
  'no collection holds a list of groups': {
    broken: each(({ path, field }) =>
      addable(field)
        .filter(
          ({ type, typeOptions }) => type === 'fixedCollection' && typeOptions?.multipleValues,
        )
        .map(({ name }) => `${path}.${name}`),
    ),
    wrong: [
      collection(
        ...section('Score', sample({})).map((field) => ({
          ...field,
          typeOptions: { multipleValues: true },
        })),
      ),
    ],
  },
  'a collection is named, and its button says what it adds': {
    broken: (fields) => [...unnamedCollections(fields), ...namedAsOuter(fields, [])],
    wrong: [
      sample({ type: 'collection', default: {}, options: [] }),
      sample({ type: 'collection', default: {}, placeholder: 'Add Field', options: [] }),
      collection(...collection(...sample({ name: 'inner' }))),
    ],
  },
  'every field and choice has what n8n needs of it': {
    broken: each(({ path, field }) => {
      const needsChoices = field.type === 'options' || field.type === 'multiOptions';
      const isEmpty = needsChoices && choicesOf(field).length === 0;
      return !field.name || !field.displayName || isEmpty ? [path] : [];
    }),
    wrong: [dropDown(), sample({ displayName: '' }), sample({ name: '' })],
  },
  'every default is a value that the field can hold': {
    broken: each(({ path, field }) => (isValidDefault(field) ? [] : [path])),
    wrong: [
      sample({ default: 1 }),
      sample({ default: undefined }),
      sample({ default: '', typeOptions: { multipleValues: true } }),
      sample({ type: 'number', default: '1' }),
      sample({ type: 'number', default: 732, typeOptions: { maxValue: 731 } }),
      sample({ type: 'boolean', default: '' }),
      sample({ type: 'json', default: '{' }),
      sample({ type: 'options', default: 'c', options: [choice('a'), choice('b')] }),
      sample({ type: 'options', default: '', options: [choice('a')] }),
      sample({ type: 'multiOptions', default: '', options: [choice('a')] }),
      sample({ type: 'multiOptions', default: ['b'], options: [choice('a')] }),
      sample({ type: 'resourceLocator', default: '' }),
      sample({ type: 'resourceLocator', default: { mode: 'list', value: '' }, modes: [] }),
      sample({ type: 'collection', default: { other: '' }, options: sample({}) }),
      section('Score', sample({})).map((field) => ({ ...field, default: { other: {} } })),
      section('Score', sample({})).map((field) => ({
        ...field,
        default: { values: { sample: 1 } },
      })),
      section('Score', sample({})).map((field) => ({
        ...field,
        default: { values: { sample: '' } },
        typeOptions: { multipleValues: true },
      })),
    ],
  },
};

describe.each(Object.entries(RULES))('%s', (_, { broken, wrong }) => {
  test('in the whole description', () => {
    expect(broken(description.properties)).toEqual([]);
  });

  test('in the description of the trigger', () => {
    expect(broken(trigger.properties)).toEqual([]);
  });

  test.each(wrong.map((fields, index) => ({ index, fields })))('control $index', ({ fields }) => {
    expect(broken(fields)).toHaveLength(1);
  });
});

test('control: a sample that is as it should be breaks no rule', () => {
  const good = [
    ...sample({}),
    ...dropDown(choice('A'), choice('B of It')),
    ...collection(...called('a', 'A'), ...called('b', 'B')),
    ...section('Score', sample({})),
  ];
  expect(Object.values(RULES).flatMap(({ broken }) => broken(good))).toEqual([]);
});

test('control: fields at every depth are looked at', () => {
  const paths = placesIn(description.properties).map(({ path }) => path);
  expect(paths).toContain(
    'additionalFields.partner_insights.fico.ultrafico_score_requests.base_fico_score__bureau',
  );
});

describe('operations', () => {
  /** Names that keep their capitals inside of a sentence. */
  const PROPER_NAMES = new Set([
    'Link',
    'OAuth',
    'UltraFICO',
    'FICO',
    'Prism',
    'Plaid',
    'LendScore',
    'PDF',
    'CRA',
  ]);

  const isSentenceCase = (phrase: string) =>
    /^\p{Lu}/u.test(phrase) &&
    phrase
      .split(' ')
      .slice(1)
      .every((word) => PROPER_NAMES.has(word) || word === word.toLowerCase());

  const operations = description.properties
    .filter(({ name }) => name === PARAMETER.operation)
    .flatMap((picker) =>
      choicesOf(picker).map((operation) => ({
        resource: String(picker.displayOptions?.show?.[PARAMETER.resource]?.[0]),
        operation: String(operation.value),
        action: operation.action ?? '',
        text: operation.description ?? '',
      })),
    );

  test('are the ones that are declared', () => {
    const key = ({ resource, operation }: { resource: string; operation: string }) =>
      `${resource}.${operation}`;
    expect(operations.map(key).sort()).toEqual(declared.map(key).sort());
  });

  test('have an action phrase in sentence case that no other has', () => {
    const actions = operations.map(({ action }) => action);
    expect(actions.filter((action) => !isSentenceCase(action))).toEqual([]);
    expect(repeated(actions)).toEqual([]);
  });

  test('control: what is no sentence case', () => {
    expect(['', 'get a report', 'Get Report', 'Get a REPORT'].filter(isSentenceCase)).toEqual([]);
    expect(isSentenceCase('Get an UltraFICO report')).toBe(true);
  });

  /** n8n's agents cut the name of a tool at 64 characters, and n8n numbers nodes of the same name. */
  const toolNames = operations.flatMap(({ resource, operation }) => {
    const asTool = { ...description, outputs: [NodeConnectionTypes.AiTool] };
    const name = NodeHelpers.makeNodeName({ resource, operation }, asTool);
    return [name, `${name}1`, `${name}10`];
  });

  test('are whole and different as names of tools, also of one that is attached several times', () => {
    const named = toolNames.map((name) => nodeNameToToolName(name));
    expect(
      named.filter((name, index) => name.length < toolNameOf(toolNames[index] ?? '').length),
    ).toEqual([]);
    expect(repeated(named)).toEqual([]);
    expect(operations.filter(({ action }) => action.length > 47)).toEqual([]);
  });

  test('control: a longer action would be cut', () => {
    const name = `${'A'.repeat(48)} in Plaid Check10`;
    expect(nodeNameToToolName(name).length).toBeLessThan(toolNameOf(name).length);
  });

  test('a new node, and a new resource, start with one that bills nothing where there is one', () => {
    const initial = (name: string, resource?: unknown) =>
      description.properties.find(
        (field) => field.name === name && (!resource || isShownFor(field, String(resource), '')),
      )?.default;
    const started = initial(PARAMETER.resource);
    for (const { value } of resources) {
      const all = declared.filter(({ resource }) => resource === value);
      const first = all.find(({ operation }) => operation === initial(PARAMETER.operation, value));
      expect({ value, bills: first?.billing !== undefined }).toEqual({
        value,
        bills: all.every(({ billing }) => billing !== undefined),
      });
    }
    const first = declared.find(
      ({ resource, operation }) =>
        resource === started && operation === initial(PARAMETER.operation, started),
    );
    expect(first).toMatchObject({ howToVerify: null });
    expect(first?.operation).toMatch(/^get/);
  });

  test('of the current report API come before those of the legacy one', () => {
    const [picker] = description.properties;
    expect(picker && choicesOf(picker)[0]?.value).toBe('report');
    const legacy = operations.filter(({ action }) => action.endsWith(' (legacy)'));
    expect([...new Set(legacy.map(({ resource }) => resource))].sort()).toEqual(
      resources.flatMap(({ value, name }) => (/\(Legacy/.test(name) ? [value] : [])).sort(),
    );
  });

  test('have a description', () => {
    expect(operations.filter(({ text }) => text === '')).toEqual([]);
  });

  test.each(operations)("$resource $operation links to Plaid's reference", (one) => {
    const endpoint = declared.find(
      ({ resource, operation }) => resource === one.resource && operation === one.operation,
    );
    const notices = description.properties.filter(
      (field) =>
        isNotice(field) &&
        isShownFor(field, one.resource, one.operation) &&
        // Only a tool shows that one.
        field.name !== PARAMETER.aboutTool,
    );
    expect(notices).toHaveLength(1);
    expect(endpoint?.documentationUrl).toMatch(/^https:\/\/plaid\.com\/docs\//);
    expect(notices[0]?.displayName).toContain(`<a href="${endpoint?.documentationUrl}"`);
  });

  test.each(catalog)('$path: no parameter stands twice in the form', ({ resource, operation }) => {
    const shown = description.properties.filter((field) => isShownFor(field, resource, operation));
    expect(shown.map(({ name }) => name)).toContain(PARAMETER.jsonBody);
    expect(repeated(shown.map(({ name }) => name))).toEqual([]);
  });

  test('control: a field is shown for its own operation only', () => {
    const [field] = sample({ displayOptions: { show: { resource: ['a'], operation: ['b'] } } });
    if (!field) throw new Error('There is no sample');
    expect(isShownFor(field, 'a', 'b')).toBe(true);
    expect(isShownFor(field, 'a', 'c')).toBe(false);
    expect(isShownFor(field, 'c', 'b')).toBe(false);
  });

  test('control: a parameter that stands twice is found', () => {
    expect(repeated(['a', 'b', 'a'])).toEqual(['a']);
  });

  /** The API's fields that would overwrite a parameter of the node: optional ones stand under Additional Fields, where they meet none. */
  const colliding = (fields: readonly Field[], identity: readonly string[]) => {
    const own = new Set<string>(Object.values(PARAMETER));
    return fields
      .filter((field) => showsAtOnce(field) || identity.includes(field.name))
      .map(({ name }) => name)
      .filter((name) => own.has(name));
  };

  test.each(catalog)(
    "$path: no field bears the name of one of the node's own parameters",
    ({ fields, identity }) => {
      expect(colliding(fields, identity)).toEqual([]);
    },
  );

  test('control: a field that bears the name of a parameter is found', () => {
    const label = { name: 'Sample', description: 'A sample' };
    const content = { kind: 'text' } as const;
    const template = { name: 'sample', required: false, nullable: false, label, content };
    const fields = [
      { ...template, name: 'resource', required: true },
      { ...template, name: 'operation' },
      { ...template, name: 'options' },
      { ...template, name: 'output', content: { kind: 'idList', lookup: 'items' } },
    ] as const;
    expect(colliding(fields, ['operation'])).toEqual(['resource', 'operation', 'output']);
  });
});

/** The name of a tool before n8n cuts it. */
const toolNameOf = (name: string) => name.replace(/[^\w-]+/g, '_');

/** Whether a field of the form can be shown for an operation, whatever the fields below the pickers hold. */
function isShownFor(
  { displayOptions }: INodeProperties,
  resource: string,
  operation: string,
): boolean {
  const { [PARAMETER.resource]: resources, [PARAMETER.operation]: operations } =
    displayOptions?.show ?? {};
  return (
    (!resources || resources.includes(resource)) && (!operations || operations.includes(operation))
  );
}
