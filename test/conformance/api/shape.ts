import type { JsonSchema, SdkSchemas } from '../../../sandbox/oracle/types';

/** What an SDK says of one field, over all forms that it can have. */
export interface FieldShape {
  /** Such as `string`, `array`; sorted, without null. */
  readonly types: readonly string[];
  readonly required: boolean;
  readonly nullable: boolean;
  /** The texts that are named, sorted */
  readonly values: readonly string[];
}

/** The SDK writes JSON null among a field's texts so. */
const NULL_TEXT = 'null';

/**
 * Every field of a body by its path from the root, with `[]` for the entries of a list. Unlike the comparison of the node with the
 * SDK it takes every construct: of a field of several forms it has the members of all, and where a type holds itself it stops.
 */
export function shapeOf(
  schema: JsonSchema,
  { definitions }: SdkSchemas,
): ReadonlyMap<string, FieldShape> {
  const fields = new Map<string, FieldShape>();
  add('', schema, true, []);
  return fields;

  function add(path: string, part: JsonSchema, required: boolean, above: readonly JsonSchema[]) {
    const forms = formsOf(part);
    const types = new Set([...(fields.get(path)?.types ?? []), ...forms.flatMap(typesOf)]);
    const values = new Set([...(fields.get(path)?.values ?? []), ...forms.flatMap(valuesOf)]);
    fields.set(path, {
      types: [...types].filter((type) => type !== 'null').sort(),
      // A field that one form of the group lacks, or leaves optional, can be left out.
      required: required && (fields.get(path)?.required ?? true),
      nullable: types.has('null') || values.has(NULL_TEXT),
      values: [...values].filter((value) => value !== NULL_TEXT).sort(),
    });
    const inner = forms.filter((form) => !above.includes(form));
    const within = [...above, ...inner];
    const groups = inner.filter(({ properties }) => properties);
    for (const { properties } of groups) {
      for (const [name, member] of Object.entries(properties ?? {})) {
        const always = groups.every((group) => group.required?.includes(name));
        add(path ? `${path}.${name}` : name, member, always, within);
      }
    }
    for (const entry of inner.flatMap(({ items }) => items ?? [])) {
      add(`${path}[]`, entry, true, within);
    }
  }

  /** A schema's forms, with references resolved; each is one object, so that a type that holds itself is met again. */
  function formsOf(given: JsonSchema): JsonSchema[] {
    if (given.$ref !== undefined) {
      const name = decodeURIComponent(given.$ref.replace('#/definitions/', ''));
      const target = definitions[name];
      if (!target) throw new Error(`There is no definition ${name}`);
      return formsOf(target);
    }
    const combined = given.anyOf ?? given.oneOf ?? given.allOf;
    return combined ? combined.flatMap(formsOf) : [given];
  }
}

const typesOf = ({ type }: JsonSchema): string[] => [type ?? []].flat();

const valuesOf = (schema: JsonSchema): string[] =>
  (schema.enum ?? ('const' in schema ? [schema.const] : [])).map(String);
