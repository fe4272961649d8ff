import { invalidField, missingFields, type Violation } from './violations';
import type { JsonSchema } from './types';

const IDENTITIES = ['user_id', 'user_token', 'third_party_user_token'] as const;

/**
 * A call about a user must name it in exactly one way, where Plaid offers several. It applies to
 * `/cra/*` and `/user/*`; elsewhere (`/link/token/create`) naming a user is optional.
 */
export function checkIdentity(
  path: string,
  request: JsonSchema,
  body: Readonly<Record<string, unknown>>,
): Violation | null {
  return checkNaming(
    path,
    IDENTITIES.filter((field) => request.properties?.[field]),
    body,
  );
}

/** The same for the fields that name the user. */
export function checkNaming(
  path: string,
  offered: readonly string[],
  body: Readonly<Record<string, unknown>>,
): Violation | null {
  if (!/^\/(cra|user)\//.test(path)) return null;
  if (offered.length < 2) return null;
  const given = offered.filter((field) => body[field] !== undefined && body[field] !== '');
  const [first, second] = given;
  if (!first) return missingFields([offered.join(' or ')]);
  return second ? invalidField(second, `must not be provided together with ${first}`) : null;
}
