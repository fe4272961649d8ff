import type { JsonSchema } from '../types';

/** The few forms that the hand-written schemas are made of. */
export const TEXT: JsonSchema = { type: 'string' };
export const NAME: JsonSchema = { type: 'string', minLength: 1 };
export const ref = (type: string): JsonSchema => ({ $ref: `#/definitions/${type}` });
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

/** An object that has these properties and no other; `required` names those it must have. */
export const objectOf = (
  properties: Record<string, JsonSchema>,
  required: readonly string[],
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: [...required],
});

/** The keys of the account, which every request may hold. */
export const KEYS = { client_id: TEXT, secret: TEXT };
