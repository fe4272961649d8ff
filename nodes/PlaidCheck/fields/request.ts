import type { IDataObject, JsonObject } from 'n8n-workflow';

import { bodyFromParameters, mergedOver, withNumbersFromText } from './body';
import { credentialProblems, problemsOf, type Contract } from './check';
import { jsonObject, NotJson } from './jsonParameter';
import { PARAMETER } from './names';
import type { Problem } from './rules';

/** Reads one parameter of the node for the current item, with expressions resolved; undefined if there is none. */
export type ReadParameter = (name: string) => unknown;

/** A request that is ready to be sent, or what is wrong with it. */
export type ReadRequest = { body: JsonObject } | { problems: Problem[] };

/** Whether a field is one of several that can name the user, so that a picker chooses among them. */
export const isIdentity = ({ identity }: Pick<Contract, 'identity'>, name: string) =>
  identity.length > 1 && identity.includes(name);

/**
 * The request body of one item, from the fields or the JSON of the editor, with the extra fields and checked.
 * @param set what the node itself says, whatever the user has written there; it needs no check
 */
export function readRequest(
  contract: Contract,
  read: ReadParameter,
  set: JsonObject = {},
): ReadRequest {
  const options = (read(PARAMETER.options) ?? {}) as IDataObject;
  const asked =
    read(PARAMETER.specifyRequest) === 'json'
      ? jsonObject('Request Body (JSON)', read(PARAMETER.jsonBody))
      : bodyFromParameters(contract.fields, parametersOf(contract, read));
  const extra = jsonObject('Extra Body Fields (JSON)', givenOr({}, options.extraBodyFields));
  const problems = [asked, extra].flatMap((part) =>
    part instanceof NotJson ? [part.problem] : [],
  );
  if (asked instanceof NotJson || extra instanceof NotJson) return { problems };

  const body = { ...withNumbersFromText(contract.fields, mergedOver(asked, extra)), ...set };
  const found =
    options.validateRequest === false
      ? credentialProblems(body)
      : problemsOf(contract, body, extra).filter(({ path: [name = ''] }) => !(name in set));
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
