import { deepCopy, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';

import { choice, group, textList } from '../fields/builders';
import { GROUP } from '../fields/names';
import { valueAt } from '../fields/path';
import { isObject } from '../utils/json';
import { withMembers } from './members';

/** Which fields of the input item the output has as well, in the words of n8n's Edit Fields. */
export const inputFieldsGroup = group(
  {
    name: 'Include Input Fields',
    description:
      'Add fields of the input item to the output; a field whose name the output already has gets the prefix input_',
  },
  {
    include: choice(
      {
        name: 'Input Fields to Include',
        description: 'How to select the fields to include in the output',
        default: 'all',
      },
      {
        all: { name: 'All', description: 'All fields of the input item' },
        none: { name: 'None', description: "Only the node's own output" },
        selected: {
          name: 'Selected',
          description: 'The fields listed in the parameter Fields to Include',
        },
      },
    ),
    fieldsToInclude: textList({
      name: 'Fields to Include',
      description:
        'The names of the fields to include in the output, separated by commas; you can drag the fields from the input panel',
      placeholder: 'e.g. name,loan_amount',
      emptyMeans: 'none is included',
    }),
  },
);

/** Names of the fields to pass on, or all. */
export type InputFieldsChoice = 'all' | readonly string[];

/** @throws Error for Selected without a field, which would drop what was meant to be kept */
export function inputFieldsChoice({
  include,
  fieldsToInclude,
}: z.output<typeof inputFieldsGroup>): InputFieldsChoice {
  if (include === 'all') return 'all';
  if (include === 'none') return [];
  if (fieldsToInclude.length > 0) return fieldsToInclude;
  throw new Error(
    'the option Include Input Fields > Fields to Include must name at least one input field',
  );
}

/** A field dragged into Fields to Include stands there by its name, as in n8n's Edit Fields. */
export function inputFieldsForm(derived: INodeProperties): INodeProperties {
  const { [GROUP]: initial } = derived.default as { [GROUP]: IDataObject };
  const form = withMembers(derived, ({ typeOptions, ...member }) =>
    member.name === 'fieldsToInclude'
      ? [
          {
            ...member,
            default: '',
            requiresDataPath: 'multiple',
            displayOptions: { show: { include: ['selected'] } },
          },
        ]
      : [{ ...member, ...(typeOptions && { typeOptions }) }],
  );
  return { ...form, default: { [GROUP]: { ...initial, fieldsToInclude: '' } } };
}

/** The fields of an input item that were chosen; one that it does not have is null. */
export function includedFields(
  choice: InputFieldsChoice | undefined,
  input: IDataObject,
): IDataObject {
  if (choice === undefined) return {};
  if (choice === 'all') return input;
  return choice.reduce<IDataObject>(
    (included, name) =>
      Object.hasOwn(input, name)
        ? { ...included, [name]: input[name] }
        : withValueAt(included, name.split('.'), valueAt(input as never, name.split('.')) ?? null),
    {},
  );
}

/** A nested field stays nested, as in n8n's Edit Fields. */
function withValueAt(object: IDataObject, path: readonly string[], value: unknown): IDataObject {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...object, [name]: value as IDataObject };
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  return { ...object, [name]: withValueAt(isObject(inner) ? inner : {}, rest, value) };
}

/**
 * The output with fields of the input before it. Nothing is lost where both have a field: the output's keeps the name, so
 * that expressions for the output hold whatever the input is, and the input's gets `input_` before its own.
 */
export function withInputFields(output: IDataObject, input: IDataObject): IDataObject {
  const copied = Object.entries(deepCopy(input));
  // An earlier failure that travels along must not make a success look like one.
  const isTaken = ([name]: [string, unknown]) => name === 'error' || Object.hasOwn(output, name);
  const joined: IDataObject = {
    ...Object.fromEntries(copied.filter((field) => !isTaken(field))),
    ...output,
  };
  for (const [name, value] of copied.filter(isTaken)) {
    let free = `input_${name}`;
    while (Object.hasOwn(joined, free)) free = `input_${free}`;
    joined[free] = value;
  }
  return joined;
}
