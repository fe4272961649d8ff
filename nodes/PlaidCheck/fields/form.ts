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
import { type Choice, type Field, hasRequired } from './model';

/** The editor's fields for a list of API fields: required ones as they are, optional ones in a collection. */
export function editorFields(fields: readonly Field[]): INodeProperties[] {
  const required = fields.filter((field) => field.required).map(editorField);
  const optional = fields.filter((field) => !field.required);
  return optional.length === 0 ? required : [...required, additionalFields(optional)];
}

/** One field of the API as a field of the editor. */
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
      return { ...common, ...listedOrTyped(content.lookup) };
    case 'idList':
      return {
        ...common,
        type: 'fixedCollection',
        placeholder: `Add ${singular(field.label.name)}`,
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
      return { ...common, type: 'number', typeOptions: { numberPrecision: 0, ...limits(content) } };
    case 'decimal':
      return { ...common, type: 'number', typeOptions: limits(content) };
    case 'toggle':
      return { ...common, type: 'boolean' };
    case 'choice':
      return { ...common, type: 'options', options: options(content.choices) };
    case 'choices':
      return { ...common, type: 'multiOptions', options: options(content.choices) };
    case 'group':
      return hasRequired(content.members)
        ? { ...common, type: 'fixedCollection', options: [groupOption(field, content.members)] }
        : {
            ...common,
            type: 'collection',
            placeholder: 'Add Field',
            options: optionalFields(content.members),
          };
    case 'groupList':
      return {
        ...common,
        type: 'fixedCollection',
        placeholder: `Add ${singular(field.label.name)}`,
        typeOptions: { multipleValues: true, sortable: true },
        options: [groupOption(field, content.members)],
      };
  }
}

/** What the field holds when it first appears in the editor. */
export function defaultValue(field: Field): NodeParameterValueType {
  const { content, label, required } = field;
  switch (content.kind) {
    case 'wholeNumber':
    case 'decimal':
      return label.default ?? '';
    case 'id':
      return NOT_CHOSEN;
    case 'idList':
      return required ? { [GROUP]: [{ [ENTRY]: NOT_CHOSEN }] } : {};
    case 'toggle':
      return label.default ?? false;
    case 'choice': {
      // A choice between several values is the user's: the first one may be a wrong legal reason or bureau.
      const [only, ...others] = content.choices;
      return label.default ?? (only?.value && others.length === 0 ? only.value : '');
    }
    case 'choices':
    case 'textList':
      return [];
    case 'group':
      return hasRequired(content.members) ? { [GROUP]: requiredDefaults(content.members) } : {};
    case 'groupList':
      return required ? { [GROUP]: [requiredDefaults(content.members)] } : {};
    default:
      return label.default ?? '';
  }
}

/** What the required ones of several fields hold when they first appear. */
export function requiredDefaults(members: readonly Field[]) {
  const defaults = members
    .filter((member) => member.required)
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

/** n8n asks for options in alphabetical order (rule node-param-options-type-unsorted-items). */
function options(choices: readonly Choice[]): INodePropertyOptions[] {
  return choices
    .map(({ value, name, description }) => ({
      name,
      value: value ?? NULL_CHOICE,
      ...(description && { description }),
    }))
    .sort((one, other) => byName(one.name, other.name));
}

function groupOption({ label }: Field, members: readonly Field[]): INodePropertyCollection {
  return { displayName: singular(label.name), name: GROUP, values: editorFields(members) };
}

function optionalFields(fields: readonly Field[]): INodeProperties[] {
  return fields.map(editorField).sort((one, other) => byName(one.displayName, other.displayName));
}

function additionalFields(optional: readonly Field[]): INodeProperties {
  return {
    displayName: 'Additional Fields',
    name: PARAMETER.additionalFields,
    type: 'collection',
    placeholder: 'Add Field',
    default: {},
    description: 'Fields that are sent only if you add them',
    options: optionalFields(optional),
  };
}

function limits({ min, max }: { min?: number; max?: number }) {
  return {
    ...(min !== undefined && { minValue: min }),
    ...(max !== undefined && { maxValue: max }),
  };
}

/** One ID of a list: n8n has no field for several IDs of which some are picked and some are typed. */
function idEntry({ label }: Field, lookup: Lookup): INodeProperties {
  const { name, description } = label;
  return {
    displayName: singular(name),
    name: ENTRY,
    default: NOT_CHOSEN,
    description,
    ...listedOrTyped(lookup),
  };
}

const NOT_CHOSEN = { mode: 'list', value: '' };

/** An ID from a list that Plaid gives, typed, or from an expression; methods of these names load the lists (lookups/). */
function listedOrTyped(lookup: Lookup): Pick<INodeProperties, 'type' | 'modes'> {
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
          // Of subscriptions there is a list for one user only, whom the search box asks for.
          searchFilterRequired: lookup === 'subscriptions',
        },
      },
      { displayName: 'By ID', name: 'id', type: 'string' },
    ],
  };
}

const singular = (name: string) =>
  name
    .replace(/ies$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/([^su])s$/, '$1');

/** The part of an endpoint that a starting point for its JSON is made of. */
interface Example {
  fields: readonly Field[];
  identity: readonly string[];
}

/** What "Using JSON" starts from: every required field with its default, to be filled in. */
export function exampleBody({ fields, identity }: Example): JsonObject {
  const [preferred] = identity;
  const shown = fields.filter((field) => field.required || field.name === preferred);
  return Object.fromEntries(shown.map((field) => [field.name, exampleValue(field)]));
}

function exampleValue(field: Field): JsonValue {
  const { content } = field;
  if (content.kind === 'group') return exampleBody({ fields: content.members, identity: [] });
  if (content.kind === 'groupList') return [exampleBody({ fields: content.members, identity: [] })];
  // In a form these are picked from a list, which is the editor's own and nothing that Plaid takes.
  if (content.kind === 'id') return '';
  if (content.kind === 'idList') return [];
  return defaultValue(field) as JsonValue;
}
