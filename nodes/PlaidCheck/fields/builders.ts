import { z } from 'zod/v4';

/** How a drop-down shows JSON null where Plaid lists it and says nothing of what it means. */
export const NULL_VALUE = {
  name: 'Null',
  description: 'Send JSON null, which Plaid lists as a value of its own',
};

/**
 * What the editor, the error texts and the reference say about a field; nothing of it goes to Plaid.
 * (A type, not an interface: zod's registries take only types with an index signature.)
 */
export type Label = {
  /** Display name in Title Case, as n8n shows it above the field */
  name: string;
  /** One sentence without a full stop at the end */
  description: string;
  placeholder?: string;
  /** Short help that stays visible under the field */
  hint?: string;
  /** What the field holds when it appears in the editor */
  default?: string | number | boolean;
  deprecated?: true;
  /** What a text has to be */
  format?: 'url';
  /** Masked in the editor and never repeated in an error */
  secret?: true;
  /** What an ID is of, where the editor can list those there are; see `knownId` */
  lookup?: Lookup;
};

/** What the editor can list from Plaid: a user's Items, or a user's servicing subscriptions. */
export type Lookup = 'items' | 'subscriptions';

/** How one value of a drop-down is shown. */
export interface ChoiceLabel {
  name: string;
  description?: string;
}

type ChoicesLabel = {
  /** Display text by API value */
  values: Record<string, ChoiceLabel>;
  /** Set where Plaid lists JSON null among the values */
  nullChoice?: ChoiceLabel;
};

/** The labels of every schema built here; a registry of our own, so that n8n's other packages never see it. */
export const labels = z.registry<Label>();

/** The display texts of drop-down and multi-select values. */
export const choiceLabels = z.registry<ChoicesLabel>();

function withLabel<S extends z.ZodType>(schema: S, label: Label): S {
  labels.add(schema, label);
  return schema;
}

const nonBlank = () => z.string().refine((value) => value.trim() !== '');

/** A line of text; an empty one counts as not given. `max` is its greatest length in characters. */
export const textField = (label: Label, limits: { max?: number } = {}) =>
  withLabel(limits.max === undefined ? nonBlank() : nonBlank().max(limits.max), label);

/** A number that is written as text, as leading zeros count: so many digits and nothing else. */
export const digits = (label: Label, length: number) =>
  withLabel(z.string().length(length).regex(/^\d*$/), label);

/**
 * A public web address; Plaid sends webhooks to https only (https://plaid.com/docs/api/webhooks/).
 * Not zod's own url(): that one repairs what it checks ("https:/x"), while the text is sent as it is.
 */
export const httpsUrl = (label: Label) =>
  withLabel(
    z.string().refine((value) => /^https:\/\/[^\s/?#]\S*$/i.test(value) && URL.canParse(value)),
    { ...label, format: 'url' },
  );

/** A calendar date that exists, as YYYY-MM-DD. */
export const isoDate = (label: Label) => withLabel(z.iso.date(), label);

/** A point in time in ISO 8601 with its time zone, such as 2026-11-20T17:00:00Z. */
export const isoDateTime = (label: Label) => withLabel(z.iso.datetime({ offset: true }), label);

/** A whole number within limits that are part of the range. */
export const wholeNumber = (label: Label, limits: { min?: number; max?: number } = {}) => {
  let schema = z.int();
  if (limits.min !== undefined) schema = schema.min(limits.min);
  if (limits.max !== undefined) schema = schema.max(limits.max);
  return withLabel(schema, label);
};

/** A number with or without decimals, within limits that are part of the range. */
export const decimal = (label: Label, limits: { min?: number; max?: number } = {}) => {
  let schema = z.number();
  if (limits.min !== undefined) schema = schema.min(limits.min);
  if (limits.max !== undefined) schema = schema.max(limits.max);
  return withLabel(schema, label);
};

/** Yes or no. */
export const toggle = (label: Label) => withLabel(z.boolean(), label);

type ChoiceTexts<Value extends string> = Record<Value, string | ChoiceLabel>;

function choiceEnum<Value extends string>(texts: ChoiceTexts<Value>, nullText?: ChoiceLabel) {
  const values = Object.keys(texts) as [Value, ...Value[]];
  const schema = z.enum(values);
  choiceLabels.add(schema, {
    values: Object.fromEntries(
      Object.entries<string | ChoiceLabel>(texts).map(([value, shown]) => [
        value,
        typeof shown === 'string' ? { name: shown } : shown,
      ]),
    ),
    nullChoice: nullText,
  });
  return schema;
}

/** One of a few values, as a drop-down. */
export const choice = <Value extends string>(label: Label, texts: ChoiceTexts<Value>) =>
  withLabel(choiceEnum(texts), label);

/** One of a few values, where Plaid lists JSON null as one of them. */
export const choiceOrNull = <Value extends string>(
  label: Label,
  texts: ChoiceTexts<Value>,
  nullText: ChoiceLabel,
) => withLabel(choiceEnum(texts, nullText), label).nullable();

/** Any number of a few values, at least one, as a multi-select list. */
export const choices = <Value extends string>(label: Label, texts: ChoiceTexts<Value>) =>
  withLabel(z.array(choiceEnum(texts)).min(1), label);

/**
 * A list of codes, at least one. None of them has a comma: one that does is a list in a single text, as from a
 * spreadsheet cell, and would be sent as one wrong code.
 */
export const textList = (label: Label, limits: { max?: number } = {}) => {
  const list = z.array(nonBlank().refine((value) => !value.includes(','))).min(1);
  return withLabel(limits.max === undefined ? list : list.max(limits.max), label);
};

/** An ID that the editor offers from a list that Plaid gives; it can be typed too. */
export const knownId = (lookup: Lookup, label: Label) => textField({ ...label, lookup });

/** A list of such IDs, at least one. */
export const knownIds = (lookup: Lookup, label: Label) => textList({ ...label, lookup });

/** An object with named fields. */
export const group = <Shape extends z.ZodRawShape>(label: Label, shape: Shape) =>
  withLabel(z.strictObject(shape), label);

/** A list of objects, at least one, as a group that can be repeated. */
export const groupList = <Shape extends z.ZodRawShape>(label: Label, shape: Shape) =>
  withLabel(z.array(z.strictObject(shape)).min(1), label);
