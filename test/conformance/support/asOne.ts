import type { Schema } from './schema';

/** The texts of a drop-down's schema; empty for another one. */
export const textsOf = (form: Schema) =>
  (form.enum ?? (form.const === undefined ? [] : [form.const])).filter((value) => value !== null);

/**
 * The forms of one field as one form: drop-downs as one with the texts of all, and objects that a
 * field tells apart as one object with the fields of all, required where all require them, as the
 * node has one form for them. Undefined where that can't be said of these forms.
 * @param formsOf what a member may hold, with references resolved
 */
export function asOne(
  forms: readonly Schema[],
  formsOf: (member: Schema) => readonly Schema[],
): Schema | undefined {
  if (forms.length < 2) return forms[0];
  if (forms.every((form) => textsOf(form).length > 0)) {
    return { type: 'string', enum: [...new Set(forms.flatMap(textsOf))] };
  }
  const areClosed = forms.every((form) => form.properties && form.additionalProperties === false);
  const required = namesIn(forms).filter((name) => forms.every((one) => requires(one, name)));
  if (!areClosed || !required.some((name) => tellsApart(forms, name, formsOf))) return undefined;
  return {
    type: 'object',
    required,
    additionalProperties: false,
    properties: Object.fromEntries(namesIn(forms).map((name) => [name, memberOf(forms, name)])),
  };
}

const namesIn = (forms: readonly Schema[]) => [
  ...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties))),
];

const requires = ({ required = [] }: Schema, name: string) => required.includes(name);

/** Whether a field is a drop-down in each form, with texts that no other form has. */
function tellsApart(
  forms: readonly Schema[],
  name: string,
  formsOf: (member: Schema) => readonly Schema[],
): boolean {
  const texts = forms.map(({ properties }) => formsOf(properties?.[name] ?? {}).flatMap(textsOf));
  const all = texts.flat();
  return texts.every((own) => own.length > 0) && new Set(all).size === all.length;
}

/** A field as the forms have it: as it stands where they have the same, else any of their kinds. */
function memberOf(forms: readonly Schema[], name: string): Schema {
  const members = forms.flatMap(({ properties }) => properties?.[name] ?? []);
  const [first = {}, ...others] = [
    ...new Map(members.map((one) => [JSON.stringify(one), one])).values(),
  ];
  return others.length === 0 ? first : { anyOf: [first, ...others] };
}
