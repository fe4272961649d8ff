import { z } from 'zod/v4';

import { isHttpsUrl } from './webAddress';

/** The drop-down entry for JSON null if Plaid lists it without explaining it. */
export const NULL_VALUE = {
  name: 'Null',
  description: 'Send JSON null',
};

/**
 * Texts about a field for the editor, the errors and the reference; never sent to Plaid.
 * A type, not an interface: zod's registries need an index signature.
 */
export type Label = {
  /** Display name in Title Case, as n8n shows it above the field */
  name: string;
  /** One sentence without a period at the end */
  description: string;
  placeholder?: string;
  /** Help text that is always visible under the field */
  hint?: string;
  /** Initial value in the editor */
  default?: string | number | boolean;
  deprecated?: true;
  /** What a group holds, where its own name says what it does */
  holds?: string;
  /** Shown in the form although it is optional */
  showsAtOnce?: true;
  /** What an empty list says to Plaid, which is then sent; without it, a list needs an entry. No period at the end */
  emptyMeans?: string;
  /** Required format of the text */
  format?: 'url' | 'json';
  /** Masked in the editor and never shown in an error */
  secret?: true;
  /** Without it the request would be about other data, so that a blank value is an error instead of being left out */
  neverBlank?: true;
  /** The list to pick the ID from; see `knownId` */
  lookup?: Lookup;
};

/** A list to pick from: a user's Items or servicing subscriptions, loaded from Plaid, or the known products of reports. */
export type Lookup = 'items' | 'subscriptions' | 'reportProducts';

/** Texts for one value of a drop-down. */
export interface ChoiceLabel {
  name: string;
  description?: string;
}

type ChoicesLabel = {
  /** Display texts by API value */
  values: Record<string, ChoiceLabel>;
  /** Set if Plaid lists JSON null among the values */
  nullChoice?: ChoiceLabel;
};

/** Labels of all schemas built here. Not zod's global registry, which other packages in n8n share. */
export const labels = z.registry<Label>();

/** Display texts of drop-down and multi-select values. */
export const choiceLabels = z.registry<ChoicesLabel>();

function withLabel<S extends z.ZodType>(schema: S, label: Label): S {
  labels.add(schema, label);
  return schema;
}

const nonBlank = () => z.string().refine((value) => value.trim() !== '');

/** Text; empty means omitted. `max` is the maximum length in characters. */
export const textField = (label: Label, limits: { max?: number } = {}) =>
  withLabel(limits.max === undefined ? nonBlank() : nonBlank().max(limits.max), label);

/** Text of exactly `length` digits; not a number, since leading zeros count. */
export const digits = (label: Label, length: number) =>
  withLabel(z.string().length(length).regex(/^\d*$/), label);

/** A web address that Plaid can send to. A stand-in for Plaid on this machine can send to more; see `findProblems`. */
export const httpsUrl = (label: Label) =>
  withLabel(z.string().refine(isHttpsUrl), { ...label, format: 'url' });

/** A valid calendar date, as YYYY-MM-DD. */
export const isoDate = (label: Label) => withLabel(z.iso.date(), label);

/** An ISO 8601 time with a time zone, such as 2026-11-20T17:00:00Z. */
export const isoDateTime = (label: Label) => withLabel(z.iso.datetime({ offset: true }), label);

/** An integer between inclusive limits. */
export const wholeNumber = (label: Label, limits: { min?: number; max?: number } = {}) => {
  let schema = z.int();
  if (limits.min !== undefined) schema = schema.min(limits.min);
  if (limits.max !== undefined) schema = schema.max(limits.max);
  return withLabel(schema, label);
};

/** A number between inclusive limits. */
export const decimal = (label: Label, limits: { min?: number; max?: number } = {}) => {
  let schema = z.number();
  if (limits.min !== undefined) schema = schema.min(limits.min);
  if (limits.max !== undefined) schema = schema.max(limits.max);
  return withLabel(schema, label);
};

export const toggle = (label: Label) => withLabel(z.boolean(), label);

type ChoiceTexts<Value extends string> = Record<Value, string | ChoiceLabel>;

function choiceEnum<Value extends string>(texts: ChoiceTexts<Value>, nullText?: ChoiceLabel) {
  const values = Object.keys(texts) as [Value, ...Value[]];
  const schema = z.enum(values);
  choiceLabels.add(schema, {
    values: Object.fromEntries(
      Object.entries<string | ChoiceLabel>(texts).map(([value, label]) => [
        value,
        typeof label === 'string' ? { name: label } : label,
      ]),
    ),
    nullChoice: nullText,
  });
  return schema;
}

/** A drop-down. */
export const choice = <Value extends string>(label: Label, texts: ChoiceTexts<Value>) =>
  withLabel(choiceEnum(texts), label);

/** A drop-down for values that include JSON null. */
export const choiceOrNull = <Value extends string>(
  label: Label,
  texts: ChoiceTexts<Value>,
  nullText: ChoiceLabel,
) => withLabel(choiceEnum(texts, nullText), label).nullable();

/** The fewest entries of a list: none where Plaid gives an empty list a meaning. */
const fewest = ({ emptyMeans }: Label) => (emptyMeans === undefined ? 1 : 0);

/** A multi-select list. */
export const choices = <Value extends string>(label: Label, texts: ChoiceTexts<Value>) =>
  withLabel(z.array(choiceEnum(texts)).min(fewest(label)), label);

/**
 * A list of codes. Rejects commas: such an entry is a whole list in one text, as from a spreadsheet cell,
 * and would be sent as one wrong code.
 */
export const textList = (label: Label, limits: { max?: number } = {}) => {
  const list = z.array(nonBlank().refine((value) => !value.includes(','))).min(fewest(label));
  return withLabel(limits.max === undefined ? list : list.max(limits.max), label);
};

/** An ID to pick from a list loaded from Plaid, or to type. */
export const knownId = (lookup: Lookup, label: Label) => textField({ ...label, lookup });

/** A list of such IDs. */
export const knownIds = (lookup: Lookup, label: Label) => textList({ ...label, lookup });

/** Any JSON object, for settings whose type Plaid has not published. */
export const jsonObject = (label: Label) => withLabel(z.looseObject({}), label);

export const group = <Shape extends z.ZodRawShape>(label: Label, shape: Shape) =>
  withLabel(z.strictObject(shape), label);

/** A list of objects. */
export const groupList = <Shape extends z.ZodRawShape>(label: Label, shape: Shape) =>
  withLabel(z.array(z.strictObject(shape)).min(fewest(label)), label);
