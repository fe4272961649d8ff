import { z } from 'zod/v4';

import { choiceLabels, labels, type ChoiceLabel, type Label, type Lookup } from './builders';
import { MEMBER } from './names';

/** A value of a drop-down; `null` means JSON null. */
export interface Choice extends ChoiceLabel {
  value: string | null;
}

/** The type of a field, in the terms that the editor and the errors need. */
export type Content =
  | { kind: 'text'; max?: number }
  | { kind: 'digits'; length: number }
  | { kind: 'id'; lookup: Lookup }
  | { kind: 'idList'; lookup: Lookup }
  | { kind: 'url' }
  | { kind: 'date' }
  | { kind: 'dateTime' }
  | { kind: 'wholeNumber'; min?: number; max?: number }
  | { kind: 'decimal'; min?: number; max?: number }
  | { kind: 'toggle' }
  | { kind: 'json' }
  | { kind: 'choice'; choices: Choice[] }
  | { kind: 'choices'; choices: Choice[] }
  | { kind: 'textList'; max?: number }
  | { kind: 'group'; members: Field[] }
  | { kind: 'groupList'; members: Field[] };

/** One field of a request, derived from its schema. */
export interface Field {
  /** API name and parameter name */
  name: string;
  required: boolean;
  /** Whether JSON null is valid, even if the editor does not offer it */
  nullable: boolean;
  label: Label;
  content: Content;
}

export const hasRequired = (members: readonly Field[]) => members.some(({ required }) => required);

/**
 * Whether the form shows a field without the user adding it. An optional list is one with its button for a first entry: n8n adds
 * a list to a collection without an entry, whatever its default, and removes it again, with all others, once another field is added.
 */
export const showsAtOnce = ({ required, label, content }: Field) =>
  required ||
  label.showsAtOnce === true ||
  content.kind === 'idList' ||
  content.kind === 'groupList';

/** A group that every request has, with its members. */
export const requiredMembers = ({ required, content }: Field): readonly Field[] | undefined =>
  required && content.kind === 'group' ? content.members : undefined;

/**
 * The fields as the form has them. The members of a required group stand among the fields around it: n8n would let a
 * person remove the group, and then fail to run the workflow at all.
 */
export const formFields = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => {
    const members = requiredMembers(field);
    return members
      ? formFields(members).map((member) => ({
          ...member,
          name: `${field.name}${MEMBER}${member.name}`,
        }))
      : [field];
  });

export const offersNull = (choices: readonly Choice[]) =>
  choices.some(({ value }) => value === null);

/** The fields of an object schema, in order of declaration. */
export function fieldsOf(schema: z.ZodObject): Field[] {
  return Object.entries(schema.shape).map(([name, member]) => {
    const { inner, required, nullable } = unwrap(member);
    const label = labels.get(inner);
    if (!label)
      throw new Error(`The field "${name}" has no label; build it with fields/builders.ts`);
    return { name, required, nullable, label, content: contentOf(name, inner) };
  });
}

/** A field's schema without the marks that make it optional or nullable. */
export function unwrap(member: z.core.$ZodType) {
  let inner = member;
  let required = true;
  let nullable = false;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
    if (inner instanceof z.ZodOptional) required = false;
    else nullable = true;
    inner = inner.unwrap();
  }
  return { inner: inner as z.ZodType, required, nullable };
}

function contentOf(name: string, schema: z.ZodType): Content {
  if (schema instanceof z.ZodISODate) return { kind: 'date' };
  if (schema instanceof z.ZodISODateTime) return { kind: 'dateTime' };
  if (schema instanceof z.ZodString) return textContent(schema);
  if (schema instanceof z.ZodBoolean) return { kind: 'toggle' };
  if (schema instanceof z.ZodNumber) {
    const kind = schema.isInt ? 'wholeNumber' : 'decimal';
    return { kind, min: declaredLimit(schema.minValue), max: declaredLimit(schema.maxValue) };
  }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: choicesOf(schema) };
  // A group lists its fields; an object with any fields is JSON.
  if (schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown) {
    return { kind: 'json' };
  }
  if (schema instanceof z.ZodObject) return { kind: 'group', members: fieldsOf(schema) };
  if (schema instanceof z.ZodArray) return listContent(name, schema);
  throw new Error(`The field "${name}" has a type that the editor does not support`);
}

function textContent(schema: z.ZodString): Content {
  const { minLength, maxLength } = schema;
  const { format, lookup } = labels.get(schema) ?? {};
  if (format === 'url') return { kind: 'url' };
  if (lookup) return { kind: 'id', lookup };
  if (maxLength === null) return { kind: 'text' };
  return minLength === maxLength
    ? { kind: 'digits', length: maxLength }
    : { kind: 'text', max: maxLength };
}

function listContent(name: string, schema: z.ZodArray): Content {
  const { element } = schema;
  if (element instanceof z.ZodEnum) return { kind: 'choices', choices: choicesOf(element) };
  if (element instanceof z.ZodObject) return { kind: 'groupList', members: fieldsOf(element) };
  if (element instanceof z.ZodString) {
    const { lookup } = labels.get(schema) ?? {};
    if (lookup) return { kind: 'idList', lookup };
    return { kind: 'textList', max: schema._zod.bag.maximum as number | undefined };
  }
  throw new Error(`The list "${name}" has entries of a type that the editor does not support`);
}

/** Drops the safe integer limits that zod sets on every integer. */
function declaredLimit(limit: number | null) {
  return limit === null || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}

function choicesOf(schema: z.ZodEnum): Choice[] {
  const texts = choiceLabels.get(schema);
  if (!texts) throw new Error('A drop-down has no labels; build it with fields/builders.ts');
  const { values, nullChoice } = texts;
  const choices = Object.entries(values).map(([value, label]) => ({ value, ...label }));
  return nullChoice ? [...choices, { value: null, ...nullChoice }] : choices;
}
