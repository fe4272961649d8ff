import type { JsonObject } from 'n8n-workflow';
import type { z } from 'zod/v4';

import { describeExpected, describeValue } from './expectation';
import { fieldAt, membersAt, formatPath, valueAt, type Path } from './path';
import { exactlyOne, nameInApi, type Problem, type Rule } from './rules';
import type { Field } from './model';
import { canReceiveFrom } from './webAddress';

/** The rules that a request must follow. */
export interface RequestContract {
  request: z.ZodObject;
  fields: readonly Field[];
  identity: readonly string[];
  rules?: readonly Rule[];
}

/**
 * Credentials are sent as headers; in a body they would appear in executions and logs.
 * `client_secret` is OAuth's name for the secret.
 */
const CREDENTIAL_FIELDS = ['client_id', 'secret', 'client_secret'];

const SENT_ALREADY = 'must not be in the request: remove it, as the credential already sends it';

/** n8n stores what was typed as soon as the workflow is saved, and what an expression gave with each execution. */
const ROTATE =
  'must not be in the request: remove it, as the credential already sends it, and rotate it in the Plaid Dashboard, as n8n keeps it in its workflow history and executions';

/**
 * Validates a request body and returns its problems in the order of the fields.
 * @param extra the user's Extra Body Fields, which may contain field names and drop-down values that Plaid has added
 *   since this version
 * @param baseUrl where the request goes, which decides where webhooks can come to
 */
export function findProblems(
  contract: RequestContract,
  body: JsonObject,
  extra: JsonObject = {},
  baseUrl?: string,
): Problem[] {
  const { request, fields, identity, rules = [] } = contract;
  const issues = request.safeParse(body).error?.issues ?? [];
  const fromSchema = issues
    .filter((issue) => !(issue.code === 'invalid_value' && isTextAt(extra, pathOf(issue))))
    .filter((issue) => !isReachable(fields, body, pathOf(issue), baseUrl))
    .flatMap((issue) => schemaProblems(fields, body, extra, issue));
  const oneUser = identity.length > 1 ? [exactlyOne(identity)] : [];
  const fromRules = [...oneUser, ...rules].flatMap((rule) => rule(body));
  return [...findCredentialProblems(body), ...distinct([...fromSchema, ...fromRules])];
}

/** Rejects credentials in the body, even with Validate Request turned off. */
export function findCredentialProblems(body: JsonObject): Problem[] {
  return CREDENTIAL_FIELDS.filter((name) => name in body).map((name) => ({
    path: [name],
    text: name === 'client_id' ? SENT_ALREADY : ROTATE,
  }));
}

/** Such as `products[1]: must be one of "a", "b", got "c"`. */
export function formatProblem({ path, text }: Problem): string {
  const told = typeof text === 'function' ? text(nameInApi) : text;
  return path.length === 0 ? told : `${formatPath(path)}: ${told}`;
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
    return unknownFieldProblems(path, unknown, membersAt(fields, path));
  }
  const expected = describeExpected(fields, path);
  const value = valueAt(body, path);
  const isSecret = fieldAt(fields, path)?.label.secret === true;
  if (value === undefined) return [{ path, text: `is required and must be ${expected}` }];
  const rule = `must be ${expected}`;
  return [{ path, text: `${rule}, got ${describeValue(value, isSecret)}`, rule }];
}

/** Suggests the closest known field for each unknown one; without a match, lists the known fields once. */
function unknownFieldProblems(
  path: Path,
  names: readonly string[],
  members: readonly Field[],
): Problem[] {
  const known = members.map(({ name }) => name);
  let isListed = false;
  return names.map((name) => {
    const suggestion = closestName(name, known);
    const list = suggestion || isListed ? '' : `; the known fields are ${known.join(', ')}`;
    isListed ||= list !== '';
    const text = suggestion
      ? `is an unknown field; did you mean ${suggestion}?`
      : `is an unknown field${list}`;
    return { path: [...path, name], text };
  });
}

const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));

/** zod reports a text that breaks two conditions twice; users need it once. */
const distinct = (problems: Problem[]) => [
  ...new Map(problems.map((problem) => [formatProblem(problem), problem])).values(),
];

/** Whether a value that its schema refuses is still an address that Plaid's webhooks can reach. */
function isReachable(
  fields: readonly Field[],
  body: JsonObject,
  path: Path,
  baseUrl: string | undefined,
): boolean {
  const value = valueAt(body, path);
  const isAddress = fieldAt(fields, path)?.label.format === 'url';
  return isAddress && typeof value === 'string' && canReceiveFrom(baseUrl, value);
}

const isSetIn = (extra: JsonObject, path: Path) => valueAt(extra, path) !== undefined;

const isTextAt = (extra: JsonObject, path: Path) => typeof valueAt(extra, path) === 'string';

/**
 * Finds the name closest to a mistyped one.
 * @param limit the largest Levenshtein distance; by default a third of its length
 */
export function closestName(
  typed: string,
  names: readonly string[],
  limit = Math.max(1, Math.floor(typed.length / 3)),
): string | undefined {
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
