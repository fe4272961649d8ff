import type { IDataObject, JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import { oncePerKey } from '../utils/oncePerKey';
import { bodyFromParameters, deepMerge } from './body';
import { type RequestContract, findCredentialProblems, findProblems } from './check';
import { describeValue } from './expectation';
import { isCurlCommand, jsonErrorOffset, lineAndColumn } from './jsonText';
import { inFormWords, labelAt } from './labels';
import { formFields, showsAtOnce } from './model';
import { PARAMETER } from './names';
import { formatPath } from './path';
import { plainJson } from './plainJson';
import { exactlyOne, type Problem, type Rule } from './rules';
import { booleanFrom, isBlank, readValues, type BodyReading } from './values';

/** Reads a parameter for the current item, with expressions resolved; undefined if it does not exist. */
export type ReadParameter = (name: string) => unknown;

/** A valid request body, or its problems. */
export type RequestResult = { body: JsonObject } | { problems: Problem[] };

/** Whether a field is one of several user identifiers, which the user chooses from in a picker. */
export const isIdentityChoice = ({ identity }: Pick<RequestContract, 'identity'>, name: string) =>
  identity.length > 1 && identity.includes(name);

/** What a body has beyond the editor's fields or JSON. */
export interface BodyOptions {
  /** The option Extra Body Fields */
  extraBodyFields?: unknown;
  /** The option Validate Request */
  validateRequest?: boolean;
  /** Fields that the node sets itself; they replace the user's and are not validated */
  set?: JsonObject;
  /** The workflow's time zone, in which days are read */
  timezone: string;
  /** Where the request goes */
  baseUrl?: string;
}

/** Builds and validates the request body of one item, from the editor's fields or JSON plus Extra Body Fields. */
export function readRequest(
  contract: RequestContract,
  read: ReadParameter,
  { extraBodyFields, validateRequest = true, set = {}, timezone, baseUrl }: BodyOptions,
): RequestResult {
  const isForm = read(PARAMETER.specifyRequest) !== 'json';
  const input = readInput(contract, read);
  const extra = parseJsonParameter('Extra Body Fields (JSON)', defaultIfBlank(extraBodyFields, {}));
  const problems = [input, extra].flatMap((part) =>
    part instanceof InvalidJson ? [part.problem] : [],
  );
  if (input instanceof InvalidJson || extra instanceof InvalidJson) return { problems };

  // Each by itself, so that a blank one of the extra fields leaves the other as it is.
  const [given, beside] = [input.body, extra].map((part) =>
    readValues(contract.fields, part, timezone),
  ) as [BodyReading, BodyReading];
  const body = { ...deepMerge(given.body, beside.body), ...set };
  const unreadable = [...input.problems, ...given.problems, ...beside.problems];
  const invalid = validateRequest
    ? findProblems(isForm ? ofForm(contract, read) : contract, body, extra, baseUrl)
    : findCredentialProblems(body);
  const all = withoutRepeats(unreadable, invalid).filter(
    ({ path: [name = ''] }) => !Object.hasOwn(set, name),
  );
  if (all.length === 0) return { body };
  const ordered = inOrderOf(contract.fields, all);
  return { problems: isForm ? inFormWords(contract.fields, ordered) : ordered };
}

/** The order of the form; what is no field comes first, as it concerns the whole request. */
function inOrderOf(fields: RequestContract['fields'], problems: readonly Problem[]): Problem[] {
  const places = new Map<unknown, number>(fields.map(({ name }, place) => [name, place]));
  const placeOf = ({ path: [name] }: Problem) => places.get(name) ?? -1;
  return [...problems].sort((one, other) => placeOf(one) - placeOf(other));
}

/** The form shows the chosen one of several user identifiers alone, so that one is what is missing. */
function ofForm<C extends RequestContract>(contract: C, read: ReadParameter): C {
  const chosen = read(PARAMETER.identifyUserBy);
  const { identity, fields, rules = [] } = contract;
  if (identity.length < 2 || typeof chosen !== 'string' || !identity.includes(chosen))
    return contract;
  const label = labelAt(fields, [chosen]) ?? chosen;
  const isChosen: Rule = (body) =>
    identity.some((name) => isBlank(body[name]) === false)
      ? exactlyOne(identity)(body)
      : [{ path: [chosen], text: `is required, as Identify User By is set to ${label}` }];
  return { ...contract, identity: [], rules: [isChosen, ...rules] };
}

/** All problems, but of a value that can't be read only that: the schema, too, finds it missing or wrong. */
export function withoutRepeats(
  unreadable: readonly Problem[],
  invalid: readonly Problem[],
): Problem[] {
  const byPath = new Map<string, Problem>();
  for (const problem of unreadable) {
    const path = formatPath(problem.path);
    if (!byPath.has(path)) byPath.set(path, problem);
  }
  return [...byPath.values(), ...invalid.filter(({ path }) => !byPath.has(formatPath(path)))];
}

const REQUEST_FORMS = ['fields', 'json'];

/** The body as the user gave it, in the form that Specify Request names. */
function readInput(contract: RequestContract, read: ReadParameter): BodyReading | InvalidJson {
  const form = read(PARAMETER.specifyRequest);
  if (form === 'json') {
    const body = parseJsonParameter('Request Body (JSON)', read(PARAMETER.jsonBody));
    return body instanceof InvalidJson ? body : { body, problems: [] };
  }
  const unknown = [
    ...unknownChoice('Specify Request', form, REQUEST_FORMS),
    ...(contract.identity.length > 1
      ? unknownChoice('Identify User By', read(PARAMETER.identifyUserBy), contract.identity)
      : []),
  ];
  const { body, problems } = bodyFromParameters(contract.fields, parametersOf(contract, read));
  const plain = plainBody('Request', body);
  return plain instanceof InvalidJson
    ? plain
    : { body: plain, problems: [...unknown, ...problems] };
}

/** A picker's value that is none of its choices, from a workflow written by hand. n8n gives null where it has no such picker. */
function unknownChoice(label: string, value: unknown, choices: readonly string[]): Problem[] {
  if (value === undefined || value === null || choices.some((choice) => choice === value))
    return [];
  const listed = choices.map((choice) => JSON.stringify(choice)).join(', ');
  const got = describeValue(value as JsonValue, false);
  return [{ path: [label], text: `must be one of ${listed}, got ${got}` }];
}

/** The parameters that make up the body, with only the chosen user identifier. */
function parametersOf(contract: RequestContract, read: ReadParameter): IDataObject {
  const chosen = contract.identity.length > 1 ? read(PARAMETER.identifyUserBy) : undefined;
  const wanted = shownNames(contract).filter(
    (name) => !isIdentityChoice(contract, name) || name === chosen,
  );
  return Object.fromEntries(
    [...wanted, PARAMETER.additionalFields].map((name) => [name, read(name) as IDataObject]),
  );
}

/** The fields that the form shows without being added, with all user identifiers. */
const shownNames = oncePerKey(
  (contract: Pick<RequestContract, 'fields' | 'identity'>): readonly string[] =>
    formFields(contract.fields)
      .filter((field) => showsAtOnce(field) || isIdentityChoice(contract, field.name))
      .map(({ name }) => name),
);

const defaultIfBlank = <T>(value: unknown, fallback: T) =>
  value === undefined || value === null || String(value).trim() === '' ? fallback : value;

/** A valid request to any endpoint, or its problems. */
export type CustomRequest =
  { path: `/${string}`; body: JsonObject; howToVerify: string | null } | { problems: Problem[] };

/** Reads the path and JSON of a custom call, and rejects only what could do harm. */
export function readCustomRequest(
  contract: RequestContract & { howToVerify: string | null },
  read: ReadParameter,
  options: BodyOptions,
): CustomRequest {
  const path = String(read(PARAMETER.customPath) ?? '').trim();
  const ofBody = (name: string) => {
    if (name === PARAMETER.specifyRequest) return 'json';
    return read(name === PARAMETER.jsonBody ? PARAMETER.customBody : name);
  };
  const request = readRequest(contract, ofBody, options);
  const isSafe = booleanFrom(read(PARAMETER.customSafeToRetry));
  const problems = [
    ...(isPath(path) ? [] : [{ path: ['Path'], text: INVALID_PATH }]),
    ...(typeof isSafe === 'boolean' ? [] : [{ path: ['Safe to Retry'], text: notBoolean(isSafe) }]),
    ...('problems' in request ? request.problems : []),
  ];
  if ('problems' in request || !isPath(path) || problems.length > 0) return { problems };
  return { path, body: request.body, howToVerify: isSafe === true ? null : contract.howToVerify };
}

const notBoolean = (value: unknown) =>
  `must be true or false, got ${describeValue(value as JsonValue, false)}`;

const INVALID_PATH =
  'must be an endpoint path such as /institutions/get_by_id: segments of letters, digits, _ and -, each after a single slash';

/** Rejects anything that could change the host, the folder or the query. */
const isPath = (path: string): path is `/${string}` => /^(\/[\w-]+)+$/.test(path);

/** A JSON parameter that is not a JSON object. */
export class InvalidJson {
  constructor(readonly problem: Problem) {}
}

const invalidJson = (parameter: string, text: string) =>
  new InvalidJson({ path: [parameter], text });

/** Parses a JSON parameter: text if typed, already an object if an expression returned one. */
export function parseJsonParameter(parameter: string, value: unknown): JsonObject | InvalidJson {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (parsed instanceof SyntaxError) {
    const text = String(value);
    return invalidJson(
      parameter,
      isCurlCommand(text)
        ? 'must be a JSON object, got a curl command; paste only what follows -d, between its quotes, without the keys'
        : `must be a JSON object, got text that is not JSON${errorPosition(text)}`,
    );
  }
  if (!isObject(parsed)) {
    const got = Array.isArray(parsed)
      ? 'a list'
      : parsed === undefined || parsed === null
        ? 'nothing'
        : `a ${typeof parsed}`;
    return invalidJson(parameter, `must be a JSON object, got ${got}`);
  }
  return plainBody(parameter, parsed);
}

function plainBody(name: string, value: JsonObject): JsonObject | InvalidJson {
  const plain = plainJson(value, name);
  return 'json' in plain ? plain.json : new InvalidJson(plain.problem);
}

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** The position of a JSON error. Not the engine's own message, which quotes the text and any secrets in it. */
function errorPosition(text: string): string {
  const { line, column } = lineAndColumn(text, jsonErrorOffset(text));
  return ` (line ${line}, column ${column})`;
}
