import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import type { Field } from './model';

/** What stands in the place of a value that is not to be seen. */
export const MASK = '********';

/** A request body as it can be shown: without what secret fields hold, such as SSNs and tokens. */
export function maskSecrets(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      return [name, field && value !== null ? maskedValue(field, value) : value];
    }),
  );
}

function maskedValue({ label, content }: Field, value: JsonValue): JsonValue {
  if (label.secret) return MASK;
  if (content.kind !== 'group' && content.kind !== 'groupList') return value;
  if (Array.isArray(value)) return value.map((entry) => maskedEntry(content.members, entry));
  return maskedEntry(content.members, value);
}

const maskedEntry = (members: readonly Field[], entry: JsonValue) =>
  isObject(entry) ? maskSecrets(members, entry) : entry;
