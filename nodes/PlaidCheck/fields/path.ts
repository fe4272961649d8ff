import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Content, Field } from './model';

/** Keys and list indexes, starting at the root of a request body. */
export type Path = ReadonlyArray<string | number>;

/** Such as `ultrafico_score_requests[1].base_fico_score`. */
export function formatPath(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

/** The field at a path, ignoring list indexes. */
export function fieldAt(fields: readonly Field[], path: Path): Field | undefined {
  const [name, ...rest] = path.filter((key) => typeof key === 'string');
  const field = fields.find((one) => one.name === name);
  if (!field || rest.length === 0) return field;
  return fieldAt(groupMembers(field.content), rest);
}

const groupMembers = (content: Content) =>
  content.kind === 'group' || content.kind === 'groupList' ? content.members : [];

/** The fields of the object at a path. */
export function membersAt(fields: readonly Field[], path: Path): readonly Field[] {
  if (path.length === 0) return fields;
  const field = fieldAt(fields, path);
  return field ? groupMembers(field.content) : [];
}

export function valueAt(body: JsonObject, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as JsonObject)[key]
        : undefined,
    body,
  );
}
