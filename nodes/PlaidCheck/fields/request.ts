import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { bodyFromParameters, booleanFromText, mergedOver, withNumbersFromText } from './body';
import { type Contract, credentialProblems, problemsOf } from './check';
import { shown } from './expectation';
import { PARAMETER } from './names';
import type { Problem } from './rules';
import { isObject } from '../utils/json';

/** Reads one parameter of the node for the current item, with expressions resolved; undefined if there is none. */
export type ReadParameter = (name: string) => unknown;

/** A request that is ready to be sent, or what is wrong with it. */
export type ReadRequest = { body: JsonObject } | { problems: Problem[] };

/** Whether a field is one of several that can name the user, so that a picker chooses among them. */
export const isIdentity = ({ identity }: Pick<Contract, 'identity'>, name: string) =>
  identity.length > 1 && identity.includes(name);

/** What a body has beyond the fields or the JSON of the editor. */
export interface BodyOptions {
  /** The option Extra Body Fields */
  extraBodyFields?: unknown;
  /** The option Validate Request */
  validateRequest?: boolean;
  /** What the node itself says, whatever the user has written there; it needs no check */
  set?: JsonObject;
}

/** The request body of one item, from the fields or the JSON of the editor, with the extra fields and checked. */
export function readRequest(
  contract: Contract,
  read: ReadParameter,
  { extraBodyFields, validateRequest = true, set = {} }: BodyOptions = {},
): ReadRequest {
  const asked =
    read(PARAMETER.specifyRequest) === 'json'
      ? jsonObject('Request Body (JSON)', read(PARAMETER.jsonBody))
      : bodyFromParameters(contract.fields, parametersOf(contract, read));
  const extra = jsonObject('Extra Body Fields (JSON)', givenOr({}, extraBodyFields));
  const problems = [asked, extra].flatMap((part) =>
    part instanceof NotJson ? [part.problem] : [],
  );
  if (asked instanceof NotJson || extra instanceof NotJson) return { problems };

  const body = { ...withNumbersFromText(contract.fields, mergedOver(asked, extra)), ...set };
  const found = validateRequest
    ? problemsOf(contract, body, extra).filter(({ path: [name = ''] }) => !(name in set))
    : credentialProblems(body);
  return found.length === 0 ? { body } : { problems: found };
}

/** The parameters of the form that make up the body; of the fields that name the user, only the chosen one. */
function parametersOf(contract: Contract, read: ReadParameter): IDataObject {
  const names = contract.fields
    .filter(({ name, required }) => required || isIdentity(contract, name))
    .map(({ name }) => name);
  const chosen = contract.identity.length > 1 ? read(PARAMETER.identifyUserBy) : undefined;
  const wanted = names.filter((name) => !isIdentity(contract, name) || name === chosen);
  return Object.fromEntries(
    [...wanted, PARAMETER.additionalFields].map((name) => [name, read(name) as IDataObject]),
  );
}

/** A field that was left empty is as good as none. */
const givenOr = <T>(fallback: T, value: unknown) =>
  value === undefined || value === null || String(value).trim() === '' ? fallback : value;

/** A request to any endpoint, as the user wrote it. */
export type CustomRequest =
  { path: `/${string}`; body: JsonObject; howToVerify: string | null } | { problems: Problem[] };

/** Reads path and JSON of a custom call; of both, only what could do harm is refused. */
export function customRequest(
  contract: Contract & { howToVerify: string | null },
  read: ReadParameter,
  options: BodyOptions = {},
): CustomRequest {
  const path = String(read(PARAMETER.customPath) ?? '').trim();
  const ofBody = (name: string) => {
    if (name === PARAMETER.specifyRequest) return 'json';
    return read(name === PARAMETER.jsonBody ? PARAMETER.customBody : name);
  };
  const request = readRequest(contract, ofBody, options);
  const isSafe = booleanFromText(read(PARAMETER.customSafeToRetry));
  const problems = [
    ...(isPath(path) ? [] : [{ path: ['Path'], text: NO_PATH }]),
    ...(typeof isSafe === 'boolean' ? [] : [{ path: ['Safe to Retry'], text: notBoolean(isSafe) }]),
    ...('problems' in request ? request.problems : []),
  ];
  if ('problems' in request || !isPath(path) || problems.length > 0) return { problems };
  return { path, body: request.body, howToVerify: isSafe === true ? null : contract.howToVerify };
}

const notBoolean = (value: unknown) =>
  `expected true or false, got ${shown(value as JsonValue, false)}`;

const NO_PATH =
  'expected the path of an endpoint, such as /institutions/get_by_id: a slash, then letters, digits, _ and - with single slashes between them';

/** Nothing that could lead to another host, to another folder of it, or into its query. */
const isPath = (path: string): path is `/${string}` => /^(\/[\w-]+)+$/.test(path);

/** A JSON parameter that holds no JSON object. */
export class NotJson {
  readonly problem: Problem;

  constructor(parameter: string, text: string) {
    this.problem = { path: [parameter], text };
  }
}

/** A JSON parameter is an object already when an expression gave one, and text when it was typed. */
export function jsonObject(parameter: string, value: unknown): JsonObject | NotJson {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (parsed instanceof SyntaxError) {
    return new NotJson(
      parameter,
      `expected a JSON object, got text that is not JSON${placeOf(parsed, String(value))}`,
    );
  }
  if (!isObject(parsed)) {
    const got = Array.isArray(parsed)
      ? 'a list'
      : parsed === undefined || parsed === null
        ? 'nothing'
        : `a ${typeof parsed}`;
    return new NotJson(parameter, `expected a JSON object, got ${got}`);
  }
  return parsed;
}

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** Where the JSON breaks. Only the place is kept: JavaScript's own message repeats the text, with all that is in it. */
function placeOf({ message }: SyntaxError, text: string): string {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return '';
  const before = text.slice(0, Number(offset)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
