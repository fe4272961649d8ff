import 'reflect-metadata';
import { join } from 'node:path';
import Ajv from 'ajv';
import { loadOutputSchema } from 'n8n-core';
import type { JsonObject, JsonValue } from 'n8n-workflow';

import { PlaidCheckTrigger } from '../../nodes/PlaidCheck/PlaidCheckTrigger.node';
import { operations, type Operation } from '../../nodes/PlaidCheck/catalog/operations';
import { loadOracle, type JsonSchema, type Oracle } from '../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { fullAnswer } from '../conformance/support/answers';
import { knownState } from '../support/samples/knownState';
import { smallestRequest } from '../support/sdk/sdkRequests';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import type { Wanted } from '../support/workflows/fillIn';
import { byFields, runPlaidCheck, withDefaultOutput } from '../support/workflows/runPlaidCheck';
import { READY, SAMPLES } from '../support/samples/webhookSamples';
import { withRules } from '../unit/support/withRules';
import { toWebhookItem } from '../../nodes/PlaidCheck/trigger/item';

/** What n8n shows of the output before a node has run, against what then comes out. */

let oracle: Oracle;
let sandbox: Sandbox;
let plaid: ScriptedServer;

beforeAll(async () => {
  oracle = await loadOracle();
  sandbox = await startSandbox({ readyAfterMs: 0 });
  plaid = await startScriptedServer();
});
afterAll(() => Promise.all([plaid.close(), sandbox.close()]));

const NODE_FOLDER = join(__dirname, '../../dist/nodes/PlaidCheck');

/** The schema as n8n itself finds it. */
function schemaOf(
  { resource, operation }: { resource?: string; operation?: string },
  version = 1,
): JsonSchema {
  const found = loadOutputSchema({ nodeDir: NODE_FOLDER, version, resource, operation });
  if (!found) throw new Error(`n8n finds no schema for ${String(resource)} ${String(operation)}`);
  return found;
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

const problemsOf = (schema: JsonSchema, value: unknown) => {
  const validate = ajv.compile(schema);
  return validate(value) ? [] : validate.errors;
};

/** The paths of a value that a schema does not have; an object or a list without more words may hold anything. */
function unknownIn(value: JsonValue, { properties, items }: JsonSchema, at = ''): string[] {
  if (Array.isArray(value)) {
    const entry = items as JsonSchema | undefined;
    return entry ? [...new Set(value.flatMap((one) => unknownIn(one, entry, `${at}[]`)))] : [];
  }
  if (typeof value !== 'object' || value === null || !properties) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = properties[name];
    return known ? unknownIn(member as JsonValue, known, `${at}.${name}`) : [`${at}.${name}`];
  });
}

/** The paths of a schema that no value has. */
function missingIn(values: JsonValue[], { properties, items }: JsonSchema, at = ''): string[] {
  if (items) return missingIn(values.flat(), items as JsonSchema, `${at}[]`);
  return Object.entries(properties ?? {}).flatMap(([name, property]) => {
    const members = values.flatMap((one) =>
      typeof one === 'object' && one !== null && name in one ? [(one as JsonObject)[name]] : [],
    );
    const path = `${at}.${name}`;
    return members.length === 0 ? [path] : missingIn(members as JsonValue[], property, path);
  });
}

/** The item of an operation, with its output as it is unless the user chooses. */
async function itemOf(url: string, operation: Operation, body: Wanted): Promise<JsonObject> {
  const account = { url, clientId: sandbox.clientId, secret: sandbox.secret };
  const run = await runPlaidCheck(account, withDefaultOutput(byFields(operation, body)));
  expect([run.error?.message, run.error?.description]).toEqual([undefined, undefined]);
  expect(run.json).toHaveLength(1);
  return run.json[0] as JsonObject;
}

const isFullReport = ({ parts }: Operation) => parts !== undefined;

async function requestFor(operation: Operation): Promise<Wanted> {
  const { path, parts } = operation;
  const known = await knownState(sandbox, path);
  if (parts) return { user_id: known.user_id, products: Object.keys(parts) } as Wanted;
  return withRules(path, smallestRequest(oracle, path, { known }) as JsonObject);
}

const named = operations.map((one): [string, Operation] => [
  `${one.resource}: ${one.operation}`,
  one,
]);
const sent = named.filter(([, { isCustom }]) => !isCustom);

test.each(named)('%s has a schema that n8n takes', (_name, operation) => {
  const schema = schemaOf(operation);
  expect(schema.type).toBe('object');
  expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
  expect(ajv.validateSchema(schema)).toBe(true);
});

test.each(sent)('%s outputs what its schema shows', async (_name, operation) => {
  sandbox.reset();
  const item = await itemOf(sandbox.url, operation, await requestFor(operation));
  const schema = schemaOf(operation);
  expect(problemsOf(schema, item)).toEqual([]);
  expect(unknownIn(item, schema)).toEqual([]);
  if (operation.summary || isFullReport(operation)) {
    expect(Object.keys(item)).toEqual(Object.keys(schema.properties ?? {}));
  }
});

/** What an operation outputs where Plaid sends every field that it may send. */
test.each(sent.filter(([, { pdf }]) => pdf === undefined))(
  '%s can output all that its schema shows, and nothing else',
  async (_name, operation) => {
    sandbox.reset();
    const body = await requestFor(operation);
    plaid.play((response, request, index) => {
      const { response: type } = oracle.endpoints[request.path] ?? {};
      if (!type) throw new Error(`No response for ${request.path}`);
      answer(200, fullAnswer(type, oracle.definitions))(response, request, index);
    });
    const item = await itemOf(plaid.url, operation, body);
    const schema = schemaOf(operation);
    expect(problemsOf(schema, item)).toEqual([]);
    expect(unknownIn(item, schema)).toEqual([]);
    // Some requests may name the user, or something else instead.
    const said = missingIn([item], schema).filter(
      (path) => path !== '.user_id' || 'user_id' in body,
    );
    expect(said).toEqual([]);
  },
);

test.each([new PlaidCheckTrigger().description.version].flat())(
  'the trigger of version %d outputs what its schema shows',
  (version) => {
    const schema = schemaOf({}, version);
    const delivery = { signedAt: 0, signatureId: 'one' };
    const own = { ...READY, client_user_id: 'of mine', client_report_id: 'of mine' };
    const items = [...SAMPLES, own].map(
      (webhook) =>
        toWebhookItem(
          { ...webhook },
          { current: delivery, first: delivery },
          new Date(0),
        ) as JsonObject,
    );
    for (const item of items) {
      expect(problemsOf(schema, item)).toEqual([]);
      expect(unknownIn(item, schema)).toEqual([]);
    }
    expect(missingIn(items, schema)).toEqual([]);
  },
);
