import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { shortestCondition } from '../catalog/shownFor';
import { editorField } from '../fields/form';
import type { Field } from '../fields/model';
import { byName, PARAMETER } from '../fields/names';
import { OPTIONS } from './declarations';
import type { Option } from './option';
import { OPTION_FIELDS } from './read';

/** The options at the end of the node; each is offered only to the operations that support it. */
export const nodeOptions = (catalog: readonly Endpoint[]): INodeProperties => ({
  displayName: 'Options',
  name: PARAMETER.options,
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  description: 'How to send the request and what to output',
  options: OPTION_FIELDS.map((field) => optionForm(field, catalog)).sort((one, other) =>
    byName(one.displayName, other.displayName),
  ),
});

function optionForm(field: Field, catalog: readonly Endpoint[]): INodeProperties {
  const options: Record<string, Option> = OPTIONS;
  const { shownFor, form, isCheckedWithBody } = options[field.name] ?? {};
  const plain = editorField({ ...field, required: false });
  const derived = {
    ...plain,
    ...(!isCheckedWithBody && plain.options && { options: plain.options.map(withOptionalMembers) }),
    ...(shownFor && { displayOptions: shortestCondition(catalog, shownFor) }),
  };
  return form ? form(derived, catalog) : derived;
}

type Entry = NonNullable<INodeProperties['options']>[number];

/** A member that is left empty has its default. */
function withOptionalMembers(entry: Entry): Entry {
  if (!('values' in entry)) return entry;
  const values = entry.values.map((member) => {
    const { required, ...optional } = member;
    return required ? optional : member;
  });
  return { ...entry, values } satisfies INodePropertyCollection;
}
