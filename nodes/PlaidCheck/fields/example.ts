import type { JsonObject, JsonValue } from 'n8n-workflow';

import { defaultOf } from './editor';
import type { Field } from './shape';

/** The part of an endpoint that a starting point for its JSON is made of. */
interface Example {
  fields: readonly Field[];
  identity: readonly string[];
}

/** What "Using JSON" starts from: every required field with its default, to be filled in. */
export function exampleBody({ fields, identity }: Example): JsonObject {
  const [preferred] = identity;
  const shown = fields.filter((field) => field.required || field.name === preferred);
  return Object.fromEntries(shown.map((field) => [field.name, valueOf(field)]));
}

function valueOf(field: Field): JsonValue {
  const { content } = field;
  if (content.kind === 'group') return exampleBody({ fields: content.members, identity: [] });
  if (content.kind === 'groupList') return [exampleBody({ fields: content.members, identity: [] })];
  // In a form these are picked from a list, which is the editor's own and nothing that Plaid takes.
  if (content.kind === 'id') return '';
  if (content.kind === 'idList') return [];
  return defaultOf(field) as JsonValue;
}
