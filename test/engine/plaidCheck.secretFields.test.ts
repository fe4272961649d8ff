import type { INode, INodeParameters, JsonObject } from 'n8n-workflow';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Field } from '../../nodes/PlaidCheck/fields/model';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { plaidError } from '../support/faults/failures';
import type { Wanted } from '../support/workflows/fillIn';
import { leaksOf } from '../support/process/leaks';
import {
  byFields,
  byJson,
  ONCE,
  type PlaidCheckRun,
  runPlaidCheck,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  answerText,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { requestHolding } from '../support/sdk/sdkRequests';
import { withField } from '../support/samples/withField';
import { withRules } from '../unit/support/withRules';

/**
 * What a person may put into a secret field by mistake, each with a text that occurs nowhere else. The
 * last one is wrong for some of them only.
 */
const TEXT = 'zq7secret0f1a2field9x';
const NUMBER = 918273645091;
const WRONG = [NUMBER, [TEXT], { [TEXT]: NUMBER }, TEXT];
const MARKS = [TEXT, String(NUMBER)];

let oracle: Oracle;
let server: ScriptedServer;

beforeAll(async () => {
  oracle = await loadOracle();
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

/** All fields at any depth, by paths such as `loans[].user_token`. */
const everyField = (fields: readonly Field[], at = ''): Array<{ path: string; field: Field }> =>
  fields.flatMap((field) => {
    const path = at ? `${at}.${field.name}` : field.name;
    const { content } = field;
    if (content.kind === 'group') return [{ path, field }, ...everyField(content.members, path)];
    if (content.kind === 'groupList')
      return [{ path, field }, ...everyField(content.members, `${path}[]`)];
    return [{ path, field }];
  });

const FIELDS = catalog.flatMap((endpoint) =>
  everyField(endpoint.fields).map(({ path, field }) => ({
    operation: endpoint,
    endpoint: endpoint.path,
    path,
    isSecret: field.label.secret === true,
  })),
);

const SECRETS = FIELDS.filter(({ isSecret }) => isSecret);

/** Tokens, passwords, and the numbers that tell a person from all others. */
const SOUNDS_SECRET =
  /(^|[._])(token|password|ssn|ssn_full|ssn_last_4)$|\bid_numbers?(\[\])?\.value$/;

test('every field that sounds like a secret is one, and no other', () => {
  const wrong = FIELDS.filter(
    ({ path, isSecret }) => SOUNDS_SECRET.test(path.split('.').slice(-2).join('.')) !== isSecret,
  );
  expect(wrong.map(({ endpoint, path }) => `${endpoint} ${path}`)).toEqual([]);
  expect(SECRETS.length).toBeGreaterThan(40);
});

/** A valid request but for the secret field, which takes `value`. */
const requestWith = (endpoint: string, path: string, value: unknown): Wanted =>
  withField(withRules(endpoint, requestHolding(oracle, endpoint, path) as JsonObject), path, value);

async function run(
  parameters: INodeParameters,
  values: readonly unknown[],
  onError: INode['onError'] = 'continueRegularOutput',
): Promise<PlaidCheckRun> {
  const items = values.map((value) => ({ value }) as JsonObject);
  return await runPlaidCheck(server, parameters, items as never, { onError });
}

/** Nothing of the secret in what a person sees of the node, and in what n8n wrote down. */
function expectHidden({ nodes, log, error }: PlaidCheckRun, items: number): void {
  expect(log.length).toBeGreaterThan(3);
  const outputs = nodes['Plaid Check']?.flatMap((once) => once.outputs.flat()) ?? [];
  expect(outputs).toHaveLength(items);
  expect(leaksOf(MARKS, [log, outputs, error])).toEqual([]);
}

type Secret = (typeof SECRETS)[number];

/** Parameters and items of a node that takes the secret from its items, filled in or as JSON. */
const WAYS: Record<
  string,
  (one: Secret, values: readonly unknown[]) => [INodeParameters, unknown[]]
> = {
  fields: ({ operation, endpoint, path }, values) => [
    byFields(operation, requestWith(endpoint, path, '={{ $json.value }}')),
    [...values],
  ],
  JSON: ({ operation, endpoint, path }, values) => [
    byJson(operation, '={{ $json.value }}'),
    values.map((value) => requestWith(endpoint, path, value)),
  ],
};

describe.each(SECRETS)('$endpoint $path', (one) => {
  test.each(Object.entries(WAYS))('is not shown where it is wrong, by %s', async (_, way) => {
    const goesOn = await run(...way(one, WRONG));
    expectHidden(goesOn, WRONG.length);
    const [first] = goesOn.json as Array<{ error?: { problems?: Array<{ path: string }> } }>;
    expect(first?.error?.problems?.map((problem) => problem.path)).toContain(
      one.path.replaceAll('[]', '[0]'),
    );
    const stopped = await run(...way(one, [NUMBER]), 'stopWorkflow');
    expect(stopped.status).toBe('error');
    expectHidden(stopped, 0);
  });

  /** A gateway that shows what it got, as debugging pages do. */
  const echo: Script = (response, request, index) =>
    answerText(502, 'text/html', `<html>${request.text}`)(response, request, index);
  const refusal = answer(400, plaidError('INVALID_INPUT', 'INVALID_FIELD', 'it is unknown'));

  test('is sent, and not shown where the answer is an error', async () => {
    const body = requestWith(one.endpoint, one.path, TEXT);
    const parameters = byJson(one.operation, '={{ $json.value }}');
    for (const script of [refusal, echo]) {
      server.play(script);
      const failed = await run({ ...parameters, options: { validateRequest: false, ...ONCE } }, [
        body,
      ]);
      expect(server.requests.map(({ json }) => json)).toEqual([body]);
      expectHidden(failed, 1);
    }
  });
});
