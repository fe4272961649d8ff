import type {
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
  JsonObject,
  JsonValue,
  NodeParameterValueType,
} from 'n8n-workflow';

import type { Lookup } from './builders';
import { byName, ENTRY, GROUP, NULL_CHOICE, PARAMETER } from './names';
import { type Choice, type Field, formFields, showsAtOnce } from './model';

/**
 * Editor fields for a list of API fields: those that show at once, then a collection of the others.
 * @param owner the name of the group that the fields belong to, so that no two collections have the same heading
 */
export function editorFields(fields: readonly Field[], owner?: string): INodeProperties[] {
  const shown = formFields(fields);
  const atOnce = shown.filter(showsAtOnce).map(editorField);
  const others = shown.filter((field) => !showsAtOnce(field));
  return others.length === 0 ? atOnce : [...atOnce, additionalFields(others, owner)];
}

export function editorField(field: Field): INodeProperties {
  const { content } = field;
  const common = commonProperties(field);
  switch (content.kind) {
    case 'text':
    case 'digits':
    case 'url':
      return {
        ...common,
        type: 'string',
        ...(field.label.secret && { typeOptions: { password: true } }),
      };
    case 'textList':
      return {
        ...common,
        type: 'string',
        typeOptions: {
          multipleValues: true,
          multipleValueButtonText: `Add ${singular(field.label.name)}`,
        },
      };
    case 'id':
      return { ...common, ...resourceLocator(content.lookup) };
    case 'idList':
      return {
        ...common,
        type: 'fixedCollection',
        placeholder: addEntry(field),
        typeOptions: { multipleValues: true },
        options: [
          {
            displayName: singular(field.label.name),
            name: GROUP,
            values: [idEntry(field, content.lookup)],
          },
        ],
      };
    case 'dateTime':
      return { ...common, type: 'dateTime' };
    case 'date':
      return { ...common, type: 'dateTime', typeOptions: { dateOnly: true } };
    case 'wholeNumber':
      return {
        ...common,
        type: 'number',
        typeOptions: { numberPrecision: 0, ...numberLimits(content) },
      };
    case 'decimal':
      return { ...common, type: 'number', typeOptions: numberLimits(content) };
    case 'toggle':
      return { ...common, type: 'boolean' };
    case 'json':
      return { ...common, type: 'json' };
    case 'choice':
      return { ...common, type: 'options', options: choiceOptions(content.choices) };
    case 'choices':
      return { ...common, type: 'multiOptions', options: choiceOptions(content.choices) };
    case 'group':
      return content.members.some(showsAtOnce)
        ? {
            ...common,
            type: 'fixedCollection',
            // What is left when the group's content is removed.
            placeholder: `Add ${field.label.holds ?? field.label.name}`,
            options: [groupOption(field, content.members)],
          }
        : {
            ...common,
            type: 'collection',
            placeholder: `Add ${field.label.name} Field`,
            options: optionalFields(content.members),
          };
    case 'groupList':
      return {
        ...common,
        type: 'fixedCollection',
        placeholder: addEntry(field),
        typeOptions: {
          multipleValues: true,
          sortable: true,
          fixedCollection: { itemTitle: entryTitle(field, content.members) },
        },
        options: [groupOption(field, content.members)],
      };
  }
}

/** The button of a list, which is all that is left of it without an entry. */
const addEntry = ({ label, required }: Field) =>
  `Add ${singular(label.name)}${required ? ' (At Least One Is Required)' : ''}`;

/**
 * The title of a list's entry, such as "Product 2: cra_base_report": an expression of n8n's own for it. n8n's new design of
 * lists shows it; the older one, which most installations still have, shows no titles, and a line between the entries.
 */
function entryTitle({ label }: Field, members: readonly Field[]): string {
  const number = `${JSON.stringify(`${singular(label.name)} `)} + ($collection.item.index + 1)`;
  const naming = formFields(members).find(namesEntry);
  if (!naming) return `={{ ${number} }}`;
  const stored = `$collection.item.value[${JSON.stringify(naming.name)}]`;
  const value = naming.content.kind === 'id' ? `${stored}?.value` : stored;
  // Nothing for an empty value or an expression, which starts with "=".
  return `={{ ${number} + String(${value} || "").replace(/^(?=[^=])/, ": ").replace(/^=.*/s, "") }}`;
}

/** Whether a field tells the entries of a list apart. A secret must not stand in a heading. */
const namesEntry = (field: Field) =>
  showsAtOnce(field) &&
  field.label.secret !== true &&
  (field.content.kind === 'text' ||
    field.content.kind === 'id' ||
    (field.content.kind === 'choice' && field.content.choices.length > 1));

/** Initial value of a field in the editor. */
export function defaultValue(field: Field): NodeParameterValueType {
  const { content, label, required } = field;
  switch (content.kind) {
    case 'wholeNumber':
    case 'decimal':
      return label.default ?? '';
    case 'id':
      return EMPTY_LOCATOR;
    case 'idList':
      return { [GROUP]: required ? [{ [ENTRY]: EMPTY_LOCATOR }] : [] };
    case 'json':
      return '{}';
    case 'toggle':
      // An optional one is added to say yes.
      return label.default ?? !required;
    case 'choice': {
      // Preselect only a single value: a guess could be the wrong legal reason or credit bureau.
      const [only, ...others] = content.choices;
      return label.default ?? (only?.value && others.length === 0 ? only.value : '');
    }
    case 'choices':
    case 'textList':
      return [];
    case 'group':
      return content.members.some(showsAtOnce) ? { [GROUP]: initialValues(content.members) } : {};
    case 'groupList':
      return { [GROUP]: required ? [initialValues(content.members)] : [] };
    default:
      return label.default ?? '';
  }
}

/** Initial values of the fields that show at once. */
function initialValues(members: readonly Field[]) {
  const defaults = formFields(members)
    .filter(showsAtOnce)
    .map((member) => [member.name, defaultValue(member)] as const);
  return Object.fromEntries(defaults);
}

function commonProperties({ name, label, required, ...rest }: Field) {
  return {
    displayName: displayName(label),
    name,
    default: defaultValue({ name, label, required, ...rest }),
    description: label.description,
    ...(required && { required }),
    ...(label.placeholder && { placeholder: label.placeholder }),
    ...(label.hint && { hint: label.hint }),
  };
}

function displayName({ name, deprecated }: Field['label']) {
  return deprecated ? `${name} (Deprecated)` : name;
}

/** Sorted, as n8n's lint rule node-param-options-type-unsorted-items requires. */
function choiceOptions(choices: readonly Choice[]): INodePropertyOptions[] {
  return choices
    .map(({ value, name, description }) => ({
      name,
      value: value ?? NULL_CHOICE,
      ...(description && { description }),
    }))
    .sort((one, other) => byName(one.name, other.name));
}

function groupOption(
  { label, content }: Field,
  members: readonly Field[],
): INodePropertyCollection {
  const displayName =
    content.kind === 'groupList' ? singular(label.name) : (label.holds ?? label.name);
  return { displayName, name: GROUP, values: editorFields(members, displayName) };
}

function optionalFields(fields: readonly Field[]): INodeProperties[] {
  return fields.map(editorField).sort((one, other) => byName(one.displayName, other.displayName));
}

function additionalFields(optional: readonly Field[], owner?: string): INodeProperties {
  return {
    displayName: owner === undefined ? 'Additional Fields' : `Additional ${owner} Fields`,
    name: PARAMETER.additionalFields,
    type: 'collection',
    placeholder: `Add ${owner ?? 'Additional'} Field`,
    default: {},
    description: 'Sent only if added',
    options: optionalFields(optional),
  };
}

function numberLimits({ min, max }: { min?: number; max?: number }) {
  return {
    ...(min !== undefined && { minValue: min }),
    ...(max !== undefined && { maxValue: max }),
  };
}

/** One ID of a list; n8n has no resource locator for several IDs. */
function idEntry({ label }: Field, lookup: Lookup): INodeProperties {
  const { name, description } = label;
  return {
    displayName: singular(name),
    name: ENTRY,
    default: EMPTY_LOCATOR,
    description,
    ...resourceLocator(lookup),
  };
}

const EMPTY_LOCATOR = { mode: 'list', value: '' };

/** An ID picked from a list, typed or from an expression. The lists are loaded by lookups/. */
function resourceLocator(lookup: Lookup): Pick<INodeProperties, 'type' | 'modes'> {
  return {
    type: 'resourceLocator',
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: {
          searchListMethod: lookup,
          searchable: true,
          // Plaid lists subscriptions per user, so the search box takes the user ID.
          searchFilterRequired: lookup === 'subscriptions',
        },
      },
      {
        displayName: lookup === 'reportProducts' ? 'By Name' : 'By ID',
        name: 'id',
        type: 'string',
      },
    ],
  };
}

const singular = (name: string) =>
  name
    .replace(/ies$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/([^su])s$/, '$1');

/** The part of an endpoint that its JSON example is made from. */
interface ExampleSource {
  fields: readonly Field[];
  identity: readonly string[];
}

/** Initial value of "Using JSON": every required field with its default. */
export function exampleBody({ fields, identity }: ExampleSource): JsonObject {
  const [preferred] = identity;
  const included = fields.filter((field) => field.required || field.name === preferred);
  return Object.fromEntries(included.map((field) => [field.name, exampleValue(field)]));
}

function exampleValue(field: Field): JsonValue {
  const { content } = field;
  if (content.kind === 'group') return exampleBody({ fields: content.members, identity: [] });
  if (content.kind === 'groupList') return [exampleBody({ fields: content.members, identity: [] })];
  // Not defaultValue: a resource locator exists only in the editor.
  if (content.kind === 'id') return '';
  if (content.kind === 'idList') return [];
  if (content.kind === 'json') return {};
  return defaultValue(field) as JsonValue;
}
