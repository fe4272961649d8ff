import type { IDataObject, JsonObject } from 'n8n-workflow';

import { bodyFromParameters, deepMerge, coerceNumbers } from './body';
import { type RequestContract, findCredentialProblems, findProblems } from './check';
import { PARAMETER } from './names';
import type { Problem } from './rules';
import { isObject } from '../utils/json';
/** Reads one parameter of the node for the current item, with expressions resolved; undefined if there is none. */
export type ReadParameter = (name: string) => unknown;

/** A request that is ready to be sent, or what is wrong with it. */
export type RequestResult = { body: JsonObject } | { problems: Problem[] };

/** Whether a field is one of several that can name the user, so that a picker chooses among them. */
export const isIdentityChoice = ({ identity }: Pick<RequestContract, 'identity'>, name: string) =>
  identity.length > 1 && identity.includes(name);

/**
 * The request body of one item, from the fields or the JSON of the editor, with the extra fields and checked.
 * @param set what the node itself says, whatever the user has written there; it needs no check
 */
export function readRequest(
  contract: RequestContract,
  read: ReadParameter,
  set: JsonObject = {},
): RequestResult {
  const options = (read(PARAMETER.options) ?? {}) as IDataObject;
  const asked =
    read(PARAMETER.specifyRequest) === 'json'
      ? parseJsonParameter('Request Body (JSON)', read(PARAMETER.jsonBody))
      : bodyFromParameters(contract.fields, parametersOf(contract, read));
  const extra = parseJsonParameter(
    'Extra Body Fields (JSON)',
    givenOr({}, options.extraBodyFields),
  );
  const problems = [asked, extra].flatMap((part) =>
    part instanceof InvalidJson ? [part.problem] : [],
  );
  if (asked instanceof InvalidJson || extra instanceof InvalidJson) return { problems };

  const body = { ...coerceNumbers(contract.fields, deepMerge(asked, extra)), ...set };
  const found =
    options.validateRequest === false
      ? findCredentialProblems(body)
      : findProblems(contract, body, extra).filter(({ path: [name = ''] }) => !(name in set));
  return found.length === 0 ? { body } : { problems: found };
}

/** The parameters of the form that make up the body; of the fields that name the user, only the chosen one. */
function parametersOf(contract: RequestContract, read: ReadParameter): IDataObject {
  const names = contract.fields
    .filter(({ name, required }) => required || isIdentityChoice(contract, name))
    .map(({ name }) => name);
  const chosen = contract.identity.length > 1 ? read(PARAMETER.identifyUserBy) : undefined;
  const wanted = names.filter((name) => !isIdentityChoice(contract, name) || name === chosen);
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
export function readCustomRequest(
  contract: RequestContract & { howToVerify: string | null },
  read: ReadParameter,
): CustomRequest {
  const path = String(read(PARAMETER.customPath) ?? '').trim();
  const request = readRequest(contract, (name) => {
    if (name === PARAMETER.specifyRequest) return 'json';
    return read(name === PARAMETER.jsonBody ? PARAMETER.customBody : name);
  });
  const problems = [
    ...(isPath(path) ? [] : [{ path: ['Path'], text: NO_PATH }]),
    ...('problems' in request ? request.problems : []),
  ];
  if ('problems' in request || !isPath(path)) return { problems };
  const howToVerify = read(PARAMETER.customRepeatable) === true ? null : contract.howToVerify;
  return { path, body: request.body, howToVerify };
}

const NO_PATH =
  'expected the path of an endpoint, such as /institutions/get_by_id: a slash, then letters, digits, _ and - with single slashes between them';

/** Nothing that could lead to another host, to another folder of it, or into its query. */
const isPath = (path: string): path is `/${string}` => /^(\/[\w-]+)+$/.test(path);

/** A JSON parameter that holds no JSON object. */
export class InvalidJson {
  readonly problem: Problem;

  constructor(parameter: string, text: string) {
    this.problem = { path: [parameter], text };
  }
}

/** A JSON parameter is an object already when an expression gave one, and text when it was typed. */
export function parseJsonParameter(parameter: string, value: unknown): JsonObject | InvalidJson {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (parsed instanceof SyntaxError) {
    return new InvalidJson(
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
    return new InvalidJson(parameter, `expected a JSON object, got ${got}`);
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
