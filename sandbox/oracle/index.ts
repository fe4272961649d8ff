import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { loadSdkSchemas } from './cache';
import { checkIdentity } from './identity';
import { withPublicFacts } from './notFromSdk';
import { PATCHES } from './patches';
import { prepare } from './prepare';
import type { JsonSchema, SdkEndpoint } from './types';
import { invalidField, toViolation, type Violation } from './violations';

export type { JsonSchema, SdkEndpoint, Violation };

/**
 * What Plaid's official SDK says about every covered endpoint, and what is public of newer ones (`notFromSdk/`): the
 * independent judge of requests and answers. It shares no code and no schema with the node.
 */
export interface Oracle {
  /** By path. */
  readonly endpoints: Readonly<Record<string, SdkEndpoint>>;
  /** By the SDK's type name, in Plaid's wire format. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** What Plaid would refuse in this body; null when it is fine. Throws on a path it doesn't cover. */
  checkRequest(path: string, body: unknown): Violation | null;
  /** ajv's errors of an answer against the SDK's response type; empty when it fits. */
  checkResponse(path: string, answer: unknown): readonly ErrorObject[];
  /** The same of anything that has a type, such as a webhook. */
  checkType(type: string, value: unknown): readonly ErrorObject[];
}

const SDK = 'sdk';

const DAY_MS = 24 * 60 * 60_000;

async function createOracle(): Promise<Oracle> {
  const { endpoints, definitions } = prepare(withPublicFacts(await loadSdkSchemas()), PATCHES);
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  ajv.addFormat('url', (text) => /^https?:\/\//i.test(text) && URL.canParse(text));
  const isDate = ajv.compile({ type: 'string', format: 'date' });
  // Nobody is born tomorrow, wherever it is today.
  ajv.addFormat('past-date', (text) => isDate(text) && Date.parse(text) < Date.now() + DAY_MS);
  ajv.addSchema({ $id: SDK, definitions });

  /** Compiled on first use: a test that calls two endpoints compiles two. */
  const validators = new Map<string, ValidateFunction>();
  const validate = (key: string, schema: JsonSchema, data: unknown) => {
    const { $ref } = schema;
    const validator =
      validators.get(key) ?? ajv.compile($ref ? { $ref: `${SDK}${$ref}` } : { ...schema });
    validators.set(key, validator);
    return validator(data) ? [] : (validator.errors ?? []);
  };

  const endpoint = (path: string) => {
    const found = endpoints[path];
    if (!found) throw new Error(`${path} is not an endpoint the oracle covers`);
    return found;
  };

  return {
    endpoints,
    definitions,
    checkRequest(path, body) {
      const { request } = endpoint(path);
      if (!isObject(body)) return invalidField('body', 'must be a JSON object');
      if (request === null) return null;
      const schema = definitions[request] ?? {};
      return (
        toViolation(validate(`${path} >`, { $ref: `#/definitions/${request}` }, body)) ??
        checkIdentity(path, schema, body)
      );
    },
    checkResponse(path, answer) {
      const { response } = endpoint(path);
      return response ? validate(`${path} <`, response, answer) : [];
    },
    checkType(type, value) {
      if (!definitions[type]) throw new Error(`${type} is not a type the oracle knows`);
      return validate(type, { $ref: `#/definitions/${type}` }, value);
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

let shared: Promise<Oracle> | undefined;

/** The oracle of this process; built once, from the disk cache where there is one. */
export function loadOracle(): Promise<Oracle> {
  return (shared ??= createOracle());
}
