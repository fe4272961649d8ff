import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { describeValue } from './expectation';
import type { Path } from './path';
import type { NameOf, Problem, Rule } from './rules';

/**
 * What Plaid names so that it can be told apart: https://plaid.com/docs/api/users/ (user IDs) and
 * https://plaid.com/docs/quickstart/glossary/ (tokens are `[type]-[environment]-[uuid]`).
 */
const KINDS = [
  { kind: 'a user ID', start: /^usr_/ },
  { kind: 'a user token', start: token('user') },
  { kind: 'an access token', start: token('access') },
  { kind: 'a public token', start: token('public') },
  { kind: 'a Link token', start: token('link') },
  { kind: 'a processor token', start: token('processor') },
] as const;

function token(type: string): RegExp {
  return new RegExp(`^${type}-(?:sandbox|development|production)-`);
}

type Kind = (typeof KINDS)[number]['kind'];

/** What fields hold. Your own IDs, such as `client_user_id`, may be anything. */
const FIELDS: Readonly<Record<string, Kind | string>> = {
  user_id: 'a user ID',
  user_token: 'a user token',
  item_id: 'an Item ID',
  item_ids: 'an Item ID',
  subscription_id: 'a subscription ID',
  report_id: 'a report ID',
  institution_id: 'an institution ID',
  link_token: 'a Link token',
};

/** Requires that fields for Plaid's IDs and tokens hold no ID or token of another kind, and that a user ID looks like one. */
export const plaidIdRule: Rule = (body) => problemsIn(body, []);

function problemsIn(body: JsonObject, at: Path): Problem[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const wanted = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    // Most values are neither such a text nor hold any.
    if (wanted === undefined && (typeof value !== 'object' || value === null)) return [];
    return valuesIn(value, [...at, name]).flatMap(([one, place]) => {
      if (isObject(one)) return problemsIn(one, place);
      return wanted !== undefined && typeof one === 'string' && one.trim() !== ''
        ? mistakeIn(one, wanted, place)
        : [];
    });
  });
}

/** A value, or each entry of a list, with its path. */
const valuesIn = (value: JsonValue, path: Path): Array<[JsonValue, Path]> =>
  Array.isArray(value) ? value.map((entry, index) => [entry, [...path, index]]) : [[value, path]];

function mistakeIn(value: string, wanted: string, path: Path): Problem[] {
  const kind = KINDS.find(({ start }) => start.test(value))?.kind;
  if (kind === wanted) return [];
  if (kind !== undefined) {
    const rule = `must be ${wanted}, got ${kind}`;
    return [{ path, text: (nameOf) => `${rule}${hintFor(wanted, kind, nameOf)}`, rule }];
  }
  if (wanted !== 'a user ID') return [];
  const rule = 'must be a user ID, which starts with "usr_"';
  const got = describeValue(value, false);
  return [{ path, rule, text: `${rule}, got ${got}. ${OWN_ID}` }];
}

const OWN_ID = 'Plaid returned it when the user was created; your own client_user_id is another ID';

/** Which field the value is for. */
function hintFor(wanted: string, kind: Kind, nameOf: NameOf): string {
  const isUser = (one: string) => one === 'a user ID' || one === 'a user token';
  if (!isUser(wanted) || !isUser(kind)) return '';
  const field = nameOf([kind === 'a user ID' ? 'user_id' : 'user_token']);
  return `; give it as ${field} instead, where the operation takes one (Identify User By)`;
}
