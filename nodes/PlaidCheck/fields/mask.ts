import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import type { Field } from './model';

/** Replaces a secret value. */
export const MASK = '********';

/** Masks the values of secret fields, such as SSNs and tokens, for display. */
export function maskSecrets(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      return [name, field && value !== null ? maskValue(field, value) : value];
    }),
  );
}

function maskValue({ label, content }: Field, value: JsonValue): JsonValue {
  if (label.secret) return MASK;
  if (content.kind !== 'group' && content.kind !== 'groupList') return value;
  if (Array.isArray(value)) return value.map((entry) => maskEntry(content.members, entry));
  return maskEntry(content.members, value);
}

const maskEntry = (members: readonly Field[], entry: JsonValue) =>
  isObject(entry) ? maskSecrets(members, entry) : entry;
