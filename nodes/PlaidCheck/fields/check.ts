import type { JsonObject } from 'n8n-workflow';
import type { z } from 'zod/v4';

import { describeExpected, describeValue } from './expectation';
import { fieldAt, membersAt, formatPath, valueAt, type Path } from './path';
import { exactlyOne, type Problem, type Rule } from './rules';
import type { Field } from './model';

/** What a request is checked against. */
export interface RequestContract {
  request: z.ZodObject;
  fields: readonly Field[];
  identity: readonly string[];
  rules?: readonly Rule[];
}

/**
 * Credentials travel in headers; a body that holds them would show up in executions and logs.
 * The OAuth endpoints take the secret under the name that OAuth has for it too.
 */
const CREDENTIAL_FIELDS = ['client_id', 'secret', 'client_secret'];

/**
 * Everything that is wrong with a request body, in the order of the body's fields; empty if nothing is.
 * @param extra what the user wrote in Extra Body Fields: there, names and drop-down values that this
 *   version does not know are let through, as it is the way to send what Plaid has added since
 */
export function findProblems(
  contract: RequestContract,
  body: JsonObject,
  extra: JsonObject = {},
): Problem[] {
  const { request, fields, identity, rules = [] } = contract;
  const found = request.safeParse(body).error?.issues ?? [];
  const fromSchema = found
    .filter((issue) => !(issue.code === 'invalid_value' && isTextAt(extra, pathOf(issue))))
    .flatMap((issue) => schemaProblems(fields, body, extra, issue));
  const oneUser = identity.length > 1 ? [exactlyOne(identity)] : [];
  const fromRules = [...oneUser, ...rules].flatMap((rule) => rule(body));
  return [...findCredentialProblems(body), ...distinct([...fromSchema, ...fromRules])];
}

/** Credentials in the body are refused even where the check is switched off. */
export function findCredentialProblems(body: JsonObject): Problem[] {
  return CREDENTIAL_FIELDS.filter((name) => name in body).map((name) => ({
    path: [name],
    text: 'comes from the credential and is sent as a header; remove it from the request',
  }));
}

/** One problem as a line, such as `products[1]: expected one of "a", "b", got "c"`. */
export function formatProblem({ path, text }: Problem): string {
  return path.length === 0 ? text : `${formatPath(path)}: ${text}`;
}

function schemaProblems(
  fields: readonly Field[],
  body: JsonObject,
  extra: JsonObject,
  issue: z.core.$ZodIssue,
): Problem[] {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys
      .filter((key) => !isSetIn(extra, [...path, key]))
      .filter((key) => path.length > 0 || !CREDENTIAL_FIELDS.includes(key));
    return unknownFields(path, unknown, membersAt(fields, path));
  }
  const expected = describeExpected(fields, path);
  const value = valueAt(body, path);
  const secret = fieldAt(fields, path)?.label.secret === true;
  const text =
    value === undefined
      ? `required, expected ${expected}`
      : `expected ${expected}, got ${describeValue(value, secret)}`;
  return [{ path, text }];
}

/** Each unknown field with the nearest known one; where there is none near, the known ones are listed once. */
function unknownFields(path: Path, names: readonly string[], members: readonly Field[]): Problem[] {
  const known = members.map(({ name }) => name);
  let listed = false;
  return names.map((name) => {
    const suggestion = closestName(name, known);
    const list = suggestion || listed ? '' : `; known here: ${known.join(', ')}`;
    listed ||= list !== '';
    const text = suggestion ? `unknown field; did you mean ${suggestion}?` : `unknown field${list}`;
    return { path: [...path, name], text };
  });
}

const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));

/** zod reports a text that breaks two conditions twice; to the user it is one wrong value. */
const distinct = (problems: Problem[]) => [
  ...new Map(problems.map((problem) => [formatProblem(problem), problem])).values(),
];

const isSetIn = (extra: JsonObject, path: Path) => valueAt(extra, path) !== undefined;

const isTextAt = (extra: JsonObject, path: Path) => typeof valueAt(extra, path) === 'string';

/**
 * The name that is most like a mistyped one, or undefined if none is close: at most a third of
 * the letters may differ (Levenshtein distance).
 */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  const [best] = names
    .map((name) => ({ name, edits: editsBetween(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((one, other) => one.edits - other.edits);
  return best?.name;
}

function editsBetween(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
