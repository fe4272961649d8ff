import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters, JsonObject } from 'n8n-workflow';
import {
  createDataTables,
  listChoices,
  runWithWait,
  runWorkflow,
  type WorkflowJson,
} from '../../engine';
import { withApplicants } from '../../examples/demo/applicants';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import { answerInDemo } from '../../nodes/PlaidCheck/demo';
import { DEMO_PERSONAS } from '../../nodes/PlaidCheck/demo/personas';
import { DEMO_USERS } from '../../sandbox/server';
import { report } from '../support/samples/applications';
import { LEGACY_IDENTITY } from '../support/samples/knownState';
import { refuseSockets, type SocketWatch } from '../support/servers/noSockets';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { readExample } from '../support/workflows/readExample';
import { BASE_REPORT, FULL_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import { DEMO_CREDENTIAL, runDemo } from '../support/workflows/runDemo';
import {
  byFields,
  byJson,
  CREATE,
  withDefaultOutput,
  withOptions,
} from '../support/workflows/runPlaidCheck';

/** The environment Demo: its people, its states, its errors, and that nothing of it looks real or leaves the process. */

const APPROVED = 'usr_demo_approved';
const NOT_READY = 'usr_demo_not_ready';

let sockets: SocketWatch;

beforeEach(() => {
  sockets = refuseSockets();
});
afterEach(() => {
  sockets.stop();
  expect(sockets.tried).toEqual([]);
});

const CREATE_USER = { resource: 'user', operation: 'create', path: '/user/create' };
const GET_USER = { resource: 'user', operation: 'get', path: '/user/get' };
const GET_PDF = {
  resource: 'checkReport',
  operation: 'getPdf',
  path: '/cra/check_report/pdf/get',
};
const GET_ITEMS = { resource: 'user', operation: 'getItems', path: '/user/items/get' };

const credentials = { plaidCheckApi: DEMO_CREDENTIAL };

/** Runs an example with the demo credential, and gives the rows of its log. */
async function decisions(applicants: Parameters<typeof withApplicants>[1] | undefined) {
  const dataTables = createDataTables();
  const example = readExample('decision-policy');
  const workflow = applicants ? withApplicants(example, applicants) : example;
  const result = await runWorkflow({ workflow, dataTables, credentials });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  return dataTables
    .rows('Plaid Check Decisions')
    .filter(({ policy_role }) => policy_role === 'champion')
    .map((row): [string, string, string] => [
      String(row.user_id),
      String(row.decision),
      String(row.reasons),
    ]);
}

const applicant = (user_id: string, name = user_id) => ({
  application_id: user_id,
  user_id,
  name,
  loan_amount: 12_000,
  term_months: 36,
});

const EXPECTED: Record<string, [decision: string, reasons: RegExp]> = {
  usr_demo_approved: ['APPROVE', /^$/],
  usr_demo_declined: ['DECLINE', /\w+; \w+/],
  usr_demo_thin_file: ['REFER', /LendScore/],
  usr_demo_joint_account: ['REFER', /could not read every bank/],
  usr_demo_not_ready: ['APPROVE', /^$/],
};

describe('the decision of the example', () => {
  test('about each persona is the one that it shows', async () => {
    const rows = await decisions(DEMO_PERSONAS.map(({ user_id }) => applicant(user_id)));
    expect(rows).toEqual(
      DEMO_PERSONAS.map(({ user_id }) => {
        const [decision, reasons] = EXPECTED[user_id] ?? [];
        return [user_id, decision, expect.stringMatching(reasons ?? /never/)];
      }),
    );
  });

  test('about its own applicants is there too, as they are known', async () => {
    const rows = await decisions(undefined);
    expect(rows.map(([user]) => user)).toEqual(DEMO_USERS.map(({ user_id }) => user_id));
    expect(new Set(rows.map(([, decision]) => decision))).toEqual(
      new Set(['APPROVE', 'REFER', 'DECLINE']),
    );
  });
});

test('the README’s workflow decides on each persona', async () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, pasted = ''] =
    /## Try it without an account\n[^]*?```json\n([^]*?)```/.exec(readme) ?? [];
  const workflow = JSON.parse(pasted) as WorkflowJson;
  const nodes = workflow.nodes.map((node) => ({
    ...node,
    id: node.name,
    ...(node.type.endsWith('plaidCheck') && {
      credentials: { plaidCheckApi: { id: '1', name: 'Demo' } },
    }),
  }));
  const result = await runWorkflow({ workflow: { ...workflow, nodes }, credentials });
  expect([result.status, result.error]).toEqual(['success', undefined]);
  const decided = result.nodes.Decision?.[0]?.outputs[0]?.map(({ json }) => json);
  expect(decided).toEqual(
    (
      [
        ['usr_demo_approved', 'APPROVE', []],
        ['usr_demo_declined', 'DECLINE', expect.arrayContaining([expect.stringMatching(/^Low /)])],
        ['usr_demo_thin_file', 'REVIEW', [expect.stringMatching(/^No LendScore: \w.* \w/)]],
        [
          'usr_demo_joint_account',
          'REVIEW',
          ['Plaid could not read every bank: TRANSACTIONS_UNAVAILABLE'],
        ],
        ['usr_demo_not_ready', 'APPROVE', []],
      ] as const
    ).map(([user_id, decision, reasons]) =>
      expect.objectContaining({ user_id, decision, reasons, demo: true }),
    ),
  );
  // Words, not codes.
  const reasons = decided?.flatMap((one) => one.reasons as string[]);
  expect(reasons?.filter((reason) => /^PCS/.test(reason))).toEqual([]);
});

describe('a new user', () => {
  const create = async (client_user_id: string) => {
    const { json } = await runDemo(byFields(CREATE_USER, { client_user_id }));
    return String((json[0] as IDataObject).user_id);
  };

  test('is like the persona that its client_user_id names, and is known from its ID alone', async () => {
    const created = await Promise.all(
      ['Declined 17', 'x-thin-file', 'application-4711', 'application-4712'].map(create),
    );
    expect(created).toEqual([
      expect.stringMatching(/^usr_demo_declined_[0-9a-f]{10}$/),
      expect.stringMatching(/^usr_demo_thin_file_[0-9a-f]{10}$/),
      expect.stringMatching(/^usr_demo_approved_[0-9a-f]{10}$/),
      expect.stringMatching(/^usr_demo_approved_[0-9a-f]{10}$/),
    ]);
    expect(new Set(created).size).toBe(4);
    expect(await create('Declined 17')).toBe(created[0]);
    const [declined, thin] = created as [string, string];
    expect(await decisions([applicant(declined), applicant(thin)])).toMatchObject([
      [declined, 'DECLINE', expect.any(String)],
      [thin, 'REFER', expect.any(String)],
    ]);
  });

  test('of an older integration has a token that later requests know', async () => {
    const response = answerInDemo(
      {
        path: '/user/create',
        body: {
          client_user_id: 'old declined',
          consumer_report_user_identity: LEGACY_IDENTITY,
        },
      },
      { isReady: () => true },
    );
    const { user_id, user_token } = JSON.parse(String(response.body[0])) as Record<string, string>;
    const { json } = await runDemo(byFields(BASE_REPORT, { user_token }));
    expect(user_token).toMatch(/^user-sandbox-/);
    expect(user_id).toMatch(/^usr_demo_declined_/);
    expect(json).toMatchObject([{ demo: true, report: expect.any(Object) }]);
  });
});

describe('a report that is not ready at first', () => {
  test('is an error at the first look, and comes with Wait Until Ready', async () => {
    const first = await runDemo(byFields(BASE_REPORT, { user_id: NOT_READY }));
    expect(first.error).toMatchObject({
      description: expect.stringMatching(/PRODUCT_NOT_READY/),
    });
    const again = await runDemo(byFields(BASE_REPORT, { user_id: NOT_READY }));
    expect(again.error?.message).toBe(first.error?.message);
    const waited = await runDemo(
      withOptions(byFields(BASE_REPORT, { user_id: NOT_READY }), withAttempts(wait(30))),
    );
    expect(waited.json).toMatchObject([
      { demo: true, attempts: [{ error_code: 'PRODUCT_NOT_READY' }, { result: 'ok' }] },
    ]);
  });

  test('is ready at the second look of an execution by another node too, and for no other user later', async () => {
    const workflow = plaidCheckWorkflow(byFields(BASE_REPORT, { user_id: NOT_READY }), [{}], goOn);
    const [start, node] = workflow.nodes;
    if (!start || !node) throw new Error('The workflow lacks a node');
    const second = { ...node, id: 'second', name: 'Second Look' };
    const { nodes } = await runWorkflow({
      workflow: {
        ...workflow,
        nodes: [start, node, second],
        connections: {
          ...workflow.connections,
          [PLAID_CHECK]: { main: [[{ node: 'Second Look', type: 'main', index: 0 }]] },
        },
      },
      credentials,
    });
    const jsonOf = (name: string) => nodes[name]?.[0]?.outputs[0]?.[0]?.json;
    expect(jsonOf(PLAID_CHECK)).toMatchObject({
      demo: true,
      error: { error_code: 'PRODUCT_NOT_READY', request_id: expect.stringMatching(/^\w{15}$/) },
    });
    expect(jsonOf('Second Look')).toMatchObject({ demo: true, report: expect.any(Object) });
  });
});

/** What works as with Plaid, as the node's own strategies see nothing but answers. */
describe('options', () => {
  const REPORT_GET = { resource: 'report', operation: 'get', path: '/cra/report/get' };
  const REPORT_CREATE = { resource: 'report', operation: 'create', path: '/cra/report/create' };
  const products = [{ product: 'cra_income_insights', version: '1.0' }];
  const purpose = { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' };

  test('Wait Until Ready of a creation is the last wait for any product', async () => {
    const create = plaidCheckWorkflow(withOptions(byFields(CREATE, report(NOT_READY)), wait(30)), [
      {},
    ]);
    const [start, node] = create.nodes;
    if (!start || !node) throw new Error('The workflow lacks a node');
    const full = byFields(FULL_REPORT, {
      user_id: NOT_READY,
      products: ['lend_score', 'base_report'],
    });
    const { nodes, error } = await runWorkflow({
      workflow: {
        ...create,
        nodes: [start, node, { ...node, id: 'full', name: 'Full', parameters: full }],
        connections: {
          ...create.connections,
          [PLAID_CHECK]: { main: [[{ node: 'Full', type: 'main', index: 0 }]] },
        },
      },
      credentials,
    });
    expect([error?.message, error?.description]).toEqual([undefined, undefined]);
    expect(nodes.Full?.[0]?.outputs[0]?.[0]?.json).toMatchObject({ complete: true, demo: true });
  });

  test('Wait Until Ready of the report API reads the report that was created, by its ID', async () => {
    const body = {
      user_id: NOT_READY,
      products,
      decision_stage: 'DECISIONING',
      webhook: 'https://example.com',
      days_requested: 365,
      ...purpose,
    };
    const created = await runDemo(
      withOptions(byJson(REPORT_CREATE, JSON.stringify(body)), wait(30)),
    );
    expect([created.error?.message, created.error?.description]).toEqual([undefined, undefined]);
    const [item] = created.json as [IDataObject];
    expect(item).toMatchObject({ demo: true, report_id: expect.stringMatching(/^de30/) });
    const read = {
      user_id: NOT_READY,
      report_id: item.report_id,
      products,
      decision_stage: 'DECISIONING',
      ...purpose,
    };
    const got = await runDemo(withOptions(byJson(REPORT_GET, JSON.stringify(read)), wait(30)));
    expect([got.error?.message, got.error?.description]).toEqual([undefined, undefined]);
    expect(got.json).toMatchObject([{ demo: true, user_id: NOT_READY }]);
  });

  test('many items keep their order, each with its own user', async () => {
    const items = Array.from({ length: 40 }, (_, index) => ({
      user_id: `usr_demo_approved_${String(index).padStart(10, '0')}`,
    }));
    const parameters = withDefaultOutput(
      byFields(BASE_REPORT, { user_id: '={{ $json.user_id }}' }),
    );
    const { json } = await runDemo(parameters, items);
    expect(json.map((one) => (one as IDataObject).user_id)).toEqual(
      items.map(({ user_id }) => user_id),
    );
  });
});

const withAttempts = (options: INodeParameters) => ({ ...options, includeAttempts: true });

describe('every form of output says that it is a demo', () => {
  const base = byFields(BASE_REPORT, { user_id: APPROVED });
  const split = withOptions(byFields(GET_ITEMS, { user_id: APPROVED }), { splitIntoItems: true });
  const FORMS: Record<string, INodeParameters> = {
    full: base,
    simplified: withDefaultOutput(base),
    selected: { ...base, output: 'selected', outputFacts: ['report_id'] },
    'full report': byFields(FULL_REPORT, { user_id: APPROVED, products: ['base_report'] }),
    file: byFields(GET_PDF, { user_id: APPROVED }),
    'split list': split,
    preview: withOptions(base, { previewRequest: true }),
    'with input fields': withOptions(base, {
      includeInputFields: { values: { include: 'all' } },
    }),
  };

  test.each(Object.entries(FORMS))('%s', async (_, parameters) => {
    const { json, error } = await runDemo(parameters, [{ demo: false, applicant: 'a-1' }]);
    expect(error).toBeUndefined();
    expect(json).toEqual([expect.objectContaining({ demo: true })]);
  });

  const nobody = byFields(BASE_REPORT, { user_id: 'usr_nobody' });

  test('an error among the items', async () => {
    const { json } = await runDemo(nobody, [{}], goOn);
    expect(json).toEqual([{ demo: true, error: expect.objectContaining({ demo: true }) }]);
  });

  test('an error on the error output, inside the error, as n8n takes no other for one', async () => {
    const run = await runDemo(nobody, [{ applicant: 'a-1' }], { onError: 'continueErrorOutput' });
    expect(run.outputs.map((items) => items.map(({ json }) => json))).toEqual([
      [],
      [{ applicant: 'a-1', error: expect.objectContaining({ demo: true }) }],
    ]);
  });

  test('a report that the execution paused for, which n8n goes on with when the time is up', async () => {
    const body = report(NOT_READY);
    const parameters = withOptions(byFields(CREATE, body), {
      waitUntilReady: { values: { waitMode: 'webhook', maxWait: 3600 } },
    });
    const run = await runWithWait({ workflow: plaidCheckWorkflow(parameters, [{}]), credentials });
    try {
      const waitMs = Number(run.waitTill) - Date.now();
      expect(waitMs).toBeLessThan(10_000);
      const result = await run.passDeadline();
      expect(result.nodes[PLAID_CHECK]?.[0]?.outputs[0]?.map(({ json }) => json)).toEqual([
        expect.objectContaining({
          demo: true,
          report_status: 'ready',
          user_id: NOT_READY,
          webhook_code: 'USER_CHECK_REPORT_READY',
        }),
      ]);
    } finally {
      await run.close();
    }
  });

  test('beside the output, a hint', async () => {
    const hints = (await runDemo(base)).nodes[PLAID_CHECK]?.[0]?.hints;
    expect(hints).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^Demo data/) }),
    ]);
  });
});

describe('what is wrong', () => {
  const failed = async (parameters: INodeParameters) =>
    ((await runDemo(parameters, [{}], goOn)).json[0] as { error: IDataObject }).error;

  test.each([['usr_demo_nobody'], ['usr_demo_approved_xyz'], ['usr_9HgT1']])(
    'is the user %s, whom the demo does not know',
    async (user_id) => {
      expect(await failed(byFields(BASE_REPORT, { user_id }))).toMatchObject({
        http_status: 400,
        error_type: 'USER_ERROR',
        error_code: 'USER_NOT_FOUND',
        error_message: expect.stringMatching('usr_demo_approved, usr_demo_declined'),
        request_id: expect.stringMatching(/^\w{15}$/),
      });
    },
  );

  test('is found before anything is answered, as with any credential', async () => {
    const wrong = { user_id: APPROVED, days_requested: 'many' };
    expect(await failed(byJson(CREATE, JSON.stringify(wrong)))).toMatchObject({
      kind: 'invalid_request',
      error_code: null,
    });
  });

  test.each([
    [{}, 'MISSING_FIELDS', /consumer_report_permissible_purpose/],
    [{ ...report(APPROVED), user: 1 }, 'UNKNOWN_FIELDS', /user/],
    [{ ...report(APPROVED), days_requested: 'many' }, 'INVALID_FIELD', /days_requested must be/],
    [{ ...report(), user_id: undefined }, 'MISSING_FIELDS', /user_id or user_token/],
    [{ ...report(), user_token: 'user-sandbox-x' }, 'INVALID_FIELD', /together with user_id/],
    [{ ...report('access-sandbox-1') }, 'INVALID_FIELD', /user_id/],
  ])('unchecked, %j is answered as Plaid does', async (body, error_code, error_message) => {
    const parameters = withOptions(byJson(CREATE, JSON.stringify(body)), {
      validateRequest: false,
    });
    expect(await failed(parameters)).toMatchObject({
      error_type: 'INVALID_REQUEST',
      error_code,
      error_message: expect.stringMatching(error_message),
      request_id: expect.stringMatching(/^\w{15}$/),
    });
  });

  test.each([
    ['monitoring', 'unsubscribe', { subscription_id: 'de300401-0000-4000-a000-000000000000' }],
    ['servicing', 'getSubscription', { subscription_id: 'cra-sub-sandbox-1' }],
    ['linkToken', 'get', { link_token: 'link-sandbox-de300701-0079-4c9d-a000-000000004cde' }],
  ])('%s: %s with an ID of nobody', async (resource, operation, body) => {
    const error = await failed(byFields({ resource, operation, path: '' }, body));
    expect(error).toMatchObject({
      kind: 'plaid_error',
      error_code: expect.stringMatching(/NOT_FOUND|INVALID/),
    });
  });
});

describe('the same request', () => {
  const TIME = Date.UTC(2026, 10, 28, 5, 12);
  const REQUESTS = catalog
    .filter(({ identity }) => (identity as readonly string[]).includes('user_id'))
    .map(({ path }) => ({ path, body: { user_id: APPROVED } }))
    .concat([{ path: '/cra/check_report/create', body: report(APPROVED) }]);

  const answers = (time: number) =>
    REQUESTS.map((request) => {
      const { body } = answerInDemo(
        request as { path: string; body: JsonObject },
        { isReady: () => true },
        time,
      );
      return Buffer.concat(body).toString('base64');
    });

  test('has the same answer in another process, and at any time of the hour', () => {
    const script = `
      const { answerInDemo } = require(${JSON.stringify(join(__dirname, '../../dist/nodes/PlaidCheck/demo'))});
      const answers = JSON.parse(process.argv[1]).map((request) =>
        Buffer.concat(answerInDemo(request, { isReady: () => true }, ${TIME}).body).toString('base64'));
      process.stdout.write(JSON.stringify(answers));`;
    const other = execFileSync(process.execPath, ['-e', script, JSON.stringify(REQUESTS)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const own = answers(TIME);
    expect(JSON.parse(other)).toEqual(own);
    expect(answers(TIME + 40 * 60_000)).toEqual(own);
    expect(answers(TIME + 24 * 60 * 60_000)).not.toEqual(own);
  });

  test('about a person leads to the same facts of a decision all year', () => {
    for (let day = 0; day < 365; day += 7) {
      const time = TIME + day * 24 * 60 * 60_000;
      const scoreOf = (user_id: string) => {
        const path = '/cra/check_report/lend_score/get';
        const { body } = answerInDemo({ path, body: { user_id } }, { isReady: () => true }, time);
        const { report: read } = JSON.parse(String(body[0])) as {
          report: { lend_score: { score: number | null } };
        };
        return read.lend_score.score;
      };
      expect(scoreOf('usr_demo_approved')).toBeGreaterThanOrEqual(60);
      expect(scoreOf('usr_demo_declined_0123456789')).toBeLessThan(30);
      expect(scoreOf('usr_demo_thin_file')).toBeNull();
    }
  });
});

describe('lists in the editor', () => {
  const list = (method: string, parameters: INodeParameters) => {
    const node = plaidCheckWorkflow(parameters, []).nodes.find(({ name }) => name === PLAID_CHECK);
    if (!node) throw new Error('The workflow has no Plaid Check node');
    return listChoices({ node, method, credentials });
  };

  test.each(['items', 'subscriptions'])(
    '%s: of every persona, until a user is chosen',
    async (method) => {
      const parameters = { resource: 'user', operation: 'removeItems', user_id: '' };
      const { results } = await list(method, parameters);
      for (const { user_id } of DEMO_PERSONAS) {
        expect(results.map(({ name }) => name)).toContainEqual(
          expect.stringMatching(new RegExp(`^${user_id}: .*\\(`)),
        );
      }
      const own = await list(method, { ...parameters, user_id: APPROVED });
      expect(own.results).toHaveLength(1);
      expect(results.map(({ value }) => value)).toContain(own.results[0]?.value);
    },
  );
});

test('a user that was chosen from a list is somebody to read', async () => {
  const { json } = await runDemo(byFields(GET_USER, { user_id: 'usr_demo_joint_account' }));
  expect(json).toMatchObject([{ identity: { name: { given_name: 'Joan' } }, demo: true }]);
});
