import type { JsonSchema, Oracle } from '../../sandbox/oracle';
import { genericAnswer } from '../../sandbox/answers/generic';

const EXTRA_IDENTITIES = ['user_token', 'third_party_user_token'];

/** The schema of the endpoint's request body. */
export const requestSchema = (oracle: Oracle, path: string): JsonSchema =>
  oracle.definitions[oracle.endpoints[path]?.request ?? ''] ?? {};

/** A request with every field of the SDK's request type, naming the user in one way. */
export function fullRequest(
  oracle: Oracle,
  path: string,
  known: Record<string, unknown> = {},
): Record<string, unknown> {
  const schema = requestSchema(oracle, path);
  const body = genericAnswer(schema, {
    definitions: oracle.definitions,
    seed: path,
    now: Date.UTC(2026, 5, 15),
    known: { days_requested: 365, days_required: 90, score: 700, count: 5, offset: 0, ...known },
  }) as Record<string, unknown>;
  const hasUserId = 'user_id' in body;
  const dropped = ['client_id', 'secret', ...(hasUserId ? EXTRA_IDENTITIES : [])];
  return Object.fromEntries(Object.entries(body).filter(([name]) => !dropped.includes(name)));
}
