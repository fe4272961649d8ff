import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { report } from '../support/samples/applications';
import { factsOf, plaidError, readable } from '../support/faults/failures';
import { BASE_REPORT, goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  MONITORING,
  ONCE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** What a person reads of an error: its title, the list below it, and the next step. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const USER_CREATE: Operation = { resource: 'user', operation: 'create', path: '/user/create' };

/** The error that stops the node, with nothing sent. */
async function refused(parameters: INodeParameters, items: Array<Record<string, never>> = [{}]) {
  const { error } = await runPlaidCheck(server, parameters, items);
  expect(server.requests).toEqual([]);
  return { title: error?.message, lines: readable(error?.description).split('\n') };
}

describe('the title', () => {
  test('is the only problem, in the words of the form', async () => {
    const { title, lines } = await refused(
      byFields(CREATE, { ...report(), webhook: 'http://example.com/hook' }),
    );
    expect(title).toBe('Not sent: Webhook URL must be an https URL, got "http://example.com/hook"');
    expect(lines[0]).toBe(
      'Webhook URL (webhook): must be an https URL, got "http://example.com/hook"',
    );
  });

  test('names a nested field by its way in the form', async () => {
    const identity = { emails: [{ data: 'nobody', primary: true }] };
    const { title, lines } = await refused(
      byFields(USER_CREATE, { client_user_id: 'c-1', identity }),
    );
    const way = 'Identity > Emails > 1 > Email';
    expect(title).toBe(`Not sent: ${way} must be an email address, got "nobody"`);
    expect(lines[0]).toContain(`${way} (identity.emails[0].data): must be`);
  });

  test('is the first of several problems, with their number', async () => {
    const { title, lines } = await refused(
      byFields(CREATE, { ...report(), webhook: 'x', days_requested: '={{ 9999 }}' }),
    );
    expect(title).toMatch(/^Not sent: .* must be .* \(and 1 more problem\)$/);
    expect(lines.filter((line) => /^(Webhook URL|Days Requested) \(/.test(line))).toHaveLength(2);
  });

  test('names JSON by its own names', async () => {
    const { title } = await refused(byJson(CREATE, JSON.stringify({ ...report(), webhook: 'x' })));
    expect(title).toBe('Not sent: webhook must be an https URL, got "x"');
  });

  test('names the field that Identify User By shows', async () => {
    const parameters = { ...byFields(CREATE, report()), user_id: '={{ "" }}' };
    const { title } = await refused(parameters);
    expect(title).toBe('Not sent: User ID is required, as Identify User By is set to User ID');
    const byToken = { ...parameters, identifyUserBy: 'user_token', user_token: '={{ "" }}' };
    expect((await refused(byToken)).title).toBe(
      'Not sent: User Token is required, as Identify User By is set to User Token',
    );
  });

  test('names other fields of a rule by their labels', async () => {
    const { title } = await refused(
      byFields(CREATE, { ...report(), days_requested: 90, days_required: 91 }),
    );
    expect(title).toBe(
      'Not sent: Days Required must be at most the value of Days Requested (90), got 91',
    );
  });

  test('is not longer than a few lines, and the list has the rest', async () => {
    const products = ['x'.repeat(50)];
    const { title = '', lines } = await refused(
      byJson(CREATE, JSON.stringify({ ...report(), products })),
    );
    expect(title.length).toBeLessThan(260);
    expect(title).toMatch(/…$/);
    expect(lines[0]).toMatch(/^products\[0\]: must be one of .*got "x{50}"$/);
  });
});

describe('a user ID that is none', () => {
  const OWN = 'your own client_user_id is another ID';

  test.each([
    ['customer-10482', `which starts with "usr_", got "customer-10482". Plaid returned it`],
    ['ada@example.com', OWN],
    ['b0e2c4ee-a763-4df5-bfe9-46a46bce993d', OWN],
    [
      'user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
      'got a user token; give it as User Token',
    ],
    ['access-production-b0e2c4ee-a763-4df5-bfe9-46a46bce993d', 'got an access token'],
    ['{{ $json.user_id }}', 'an expression that n8n did not evaluate'],
    ['[object Object]', 'an object where one of its fields was meant'],
    ['undefined', 'to which an expression added nothing'],
  ])('%s is told so before anything is sent', async (user_id, told) => {
    const { title } = await refused(byFields(CREATE, report(user_id)));
    expect(title).toMatch(/^Not sent: User ID must be /);
    expect(title).toContain(told);
    // A token is a secret.
    if (/^(user|access)-/.test(user_id)) expect(title).not.toContain(user_id);
  });

  test('with spaces around it is sent without them', async () => {
    await runPlaidCheck(server, byFields(CREATE, report('  usr_1\n')));
    expect(server.requests.map(({ json }) => (json as { user_id: string }).user_id)).toEqual([
      'usr_1',
    ]);
  });

  test('a user ID in place of a token is told so', async () => {
    const { title } = await refused(
      byJson(CREATE, JSON.stringify({ ...report(), user_id: undefined, user_token: 'usr_1' })),
    );
    expect(title).toMatch(
      /^Not sent: user_token must be a user token, got a user ID; give it as user_id/,
    );
  });

  test('can be sent where Validate Request is off, and a call of any endpoint may have others', async () => {
    const options = { ...ONCE, validateRequest: false };
    await runPlaidCheck(server, withOptions(byFields(CREATE, report('u1')), options));
    const custom = {
      resource: 'customCall',
      operation: 'send',
      customPath: '/user/get',
      customBody: '{"user_id":"u1"}',
    };
    await runPlaidCheck(server, custom);
    expect(server.requests).toHaveLength(2);
  });
});

describe('the next step names what the operation has', () => {
  const stepAfter = async (operation: Operation, code: string) => {
    server.play(answer(400, plaidError('CONSUMER_REPORT_ERROR', code, 'no')));
    const get = withOptions(byFields(operation, { user_id: 'usr_1' }), ONCE);
    return factsOf(await runPlaidCheck(server, get, [{}], goOn)).next_step;
  };

  test('Wait Until Ready', async () => {
    expect(await stepAfter(BASE_REPORT, 'PRODUCT_NOT_READY')).toMatch(
      /^Add the option Wait Until Ready, and the node waits/,
    );
  });

  test('Create Report If Expired', async () => {
    expect(await stepAfter(BASE_REPORT, 'CONSUMER_REPORT_EXPIRED')).toMatch(
      /^Add the option Create Report If Expired, and the node creates a new report, which may be billed/,
    );
  });

  test('and nothing that it does not have', async () => {
    const items: Operation = { resource: 'user', operation: 'getItems', path: '/user/items/get' };
    const step = await stepAfter(items, 'CONSUMER_REPORT_EXPIRED');
    expect(step).not.toMatch(/option/);
    expect(step).toMatch(/Create a new one/);
  });
});

describe('several items that can not be sent', () => {
  const byItem = byFields(MONITORING, {
    user_id: '={{ $json.user }}',
    consumer_report_permissible_purpose: '={{ $json.purpose }}',
  });
  const good = { user: 'usr_1', purpose: 'ACCOUNT_REVIEW_CREDIT' };
  const rows = [
    { ...good, client_user_id: 'cand_1' },
    { ...good, user: '', client_user_id: 'cand_2' },
    { ...good, purpose: 'CURIOSITY', client_user_id: 'cand_3' },
    { ...good, user: '', client_user_id: 'cand_4' },
    { ...good, user: '', application_id: 77, tax_id: '078-05-1120' },
    { ...good, purpose: 'BOREDOM' },
  ];

  test('are listed at once, by problem, with their own IDs', async () => {
    const { error } = await runPlaidCheck(server, byItem, rows);
    expect(server.requests).toEqual([]);
    expect(error?.message).toBe(
      'Not sent: 5 of 6 items have problems, the first one: User ID is required, as Identify User By is set to User ID',
    );
    expect(error).toMatchObject({ context: { itemIndex: 1 } });
    const lines = readable(error?.description).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'User ID is required, as Identify User By is set to User ID. 3 items: 1 (client_user_id cand_2), 3 (client_user_id cand_4), 4 (application_id 77)',
      'Permissible Purpose must be one of "ACCOUNT_REVIEW_CREDIT", "WRITTEN_INSTRUCTION_OTHER". 2 items, by number and client_user_id: 2 (cand_3), 5',
      'Items are counted from 0, as n8n numbers them',
    ]);
  });

  test('with the same problem say it in the title', async () => {
    const { error } = await runPlaidCheck(server, byItem, [rows[1] ?? {}, rows[3] ?? {}]);
    expect(error?.message).toMatch(/^Not sent: all 2 items have the same problem: User ID is/);
  });

  test('are listed up to a stated length', async () => {
    const many = Array.from({ length: 700 }, (_, index) => ({
      ...good,
      user: '',
      id: `c${index}`,
    }));
    const { error } = await runPlaidCheck(server, byItem, many);
    const description = readable(error?.description);
    expect(description).toContain('700 items, by number and id: 0 (c0), 1 (c1)');
    expect(description).toContain('499 (c499) and 200 more');
  });

  describe('in a run that continues', () => {
    const hintsOf = async (
      items: typeof rows | object[],
      onError: 'continueErrorOutput' | 'continueRegularOutput',
    ) => {
      const run = await runPlaidCheck(server, byItem, items as never, { onError });
      expect(run.status).toBe('success');
      return run.nodes['Plaid Check']?.[0]?.hints?.map(({ message }) => message);
    };

    test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
      'are told by a hint at the output: %s',
      async (onError) => {
        const bad = Array.from({ length: 25 }, () => ({ ...good, user: '' }));
        expect(await hintsOf(bad, onError)).toEqual([
          'None of 25 items was sent; the same problem in all: User ID is required, as Identify User By is set to User ID',
        ]);
        expect(server.requests).toEqual([]);
      },
    );

    test('that tells a share, and the most frequent problem', async () => {
      expect(await hintsOf(rows, 'continueErrorOutput')).toEqual([
        '5 of 6 items were not sent; the most frequent problem, in 3 of them: User ID is required, as Identify User By is set to User ID',
      ]);
    });

    test("that tells Plaid's errors", async () => {
      server.play(
        answer(400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'no <b>such</b> user')),
      );
      expect(await hintsOf([good, good], 'continueErrorOutput')).toEqual([
        'All 2 items failed; the same problem in all: no &lt;b&gt;such&lt;/b&gt; user (USER_NOT_FOUND)',
      ]);
    });

    test('and not where none failed', async () => {
      expect(await hintsOf([good], 'continueErrorOutput')).toBeUndefined();
    });
  });
});

describe('JSON that is none', () => {
  test.each([
    [
      `curl -X POST https://sandbox.plaid.com/x -d '{"a":1}'`,
      /got a curl command; paste only what follows -d/,
    ],
    ['{\n  "user_id": "usr_1",\n  oops\n}', /\(line 3, column 3\)$/],
    ['{"a":1', /\(line 1, column 7\)$/],
    ['oops', /\(line 1, column 1\)$/],
    ['{"a": tru}', /\(line 1, column 7\)$/],
    ["{'a': 1}", /\(line 1, column 2\)$/],
    ['{"a":1,\r\n"b":2,}', /\(line 2, column 7\)$/],
  ])('%j is told where', async (text, told) => {
    const { title } = await refused(byJson(CREATE, text));
    expect(title).toMatch(/^Not sent: Request Body \(JSON\) must be a JSON object, got /);
    expect(title).toMatch(told);
  });
});

test('a secret in the body is to be rotated, as n8n keeps it', async () => {
  const { title } = await refused(
    byJson(CREATE, JSON.stringify({ ...report(), secret: 'abc123' })),
  );
  expect(title).toMatch(
    /^Not sent: secret must not be in the request: .*rotate it in the Plaid Dashboard, as n8n keeps it/,
  );
  expect(title).not.toContain('abc123');
});

describe('as a tool of an AI agent', () => {
  const TOOL = { type: 'n8n-nodes-plaid-check.plaidCheckTool' };
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const messageOf = async (parameters: INodeParameters, account: { url: string } = server) => {
    const { error } = await runPlaidCheck(account, withOptions(parameters, ONCE), [{}], TOOL);
    expect(error?.description ?? '').toBe('');
    expect(error?.message).not.toMatch(/<br>|<a |&lt;|in the node|option /);
    return error?.message ?? '';
  };

  test('the message holds every problem with its path and what is allowed', async () => {
    const message = await messageOf(
      byFields(CREATE, {
        ...report('cand_1'),
        webhook: 'x',
        consumer_report_permissible_purpose: '={{ "FUN" }}',
      }),
    );
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^Not sent: /),
      expect.stringMatching(/^- user_id must be a user ID, which starts with "usr_", got "cand_1"/),
      expect.stringMatching(
        /^- consumer_report_permissible_purpose must be one of "ACCOUNT_REVIEW_CREDIT"/,
      ),
      '- webhook must be an https URL, got "x"',
      'Nothing was sent. Correct your input and call this tool again; if a value is not part of your input, tell the person that the workflow has to be corrected.',
    ]);
  });

  test('a lost connection says that the report may exist, and not to call again', async () => {
    server.play((response) => response.socket?.destroy());
    const message = await messageOf(byFields(CREATE, report()));
    expect(message).toMatch(
      /closed the connection before it responded; the report may have been created/,
    );
    expect(message).toMatch(/Do not call this tool again with the same input/);
  });

  test("an expired report does not pass on Plaid's invitation to create another", async () => {
    server.play(
      answer(
        400,
        plaidError(
          'CONSUMER_REPORT_ERROR',
          'CONSUMER_REPORT_EXPIRED',
          'please call /cra/check_report/create',
        ),
      ),
    );
    const message = await messageOf(byFields(BASE_REPORT, { user_id: 'usr_1' }));
    expect(message).not.toContain('please call');
    expect(message).toMatch(/^There is no current report to read \(CONSUMER_REPORT_EXPIRED\)/);
    expect(message).toMatch(/create one only if you were asked to/);
  });

  test('a report in the making is to be read later', async () => {
    server.play(answer(400, plaidError('CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY', 'not ready')));
    const message = await messageOf(byFields(BASE_REPORT, { user_id: 'usr_1' }));
    expect(message).toMatch(
      /Call this tool again later with the same input; do not create another/,
    );
  });

  test('what a model can not correct is for the person', async () => {
    server.play(answer(400, plaidError('INVALID_INPUT', 'INVALID_API_KEYS', 'invalid keys')));
    const message = await messageOf(byFields(BASE_REPORT, { user_id: 'usr_1' }));
    expect(message).toMatch(
      /Tell the person: Check the client ID and the secret in the credential/,
    );
  });

  test('On Error gives the same in an item, small and without texts of Plaid for developers', async () => {
    server.play(
      answer(
        400,
        plaidError(
          'CONSUMER_REPORT_ERROR',
          'CONSUMER_REPORT_EXPIRED',
          'please call /cra/check_report/create',
        ),
      ),
    );
    const parameters = withOptions(byFields(BASE_REPORT, { user_id: 'usr_1' }), ONCE);
    const { json } = await runPlaidCheck(server, parameters, [{}], { ...TOOL, ...goOn });
    expect(json).toEqual([
      {
        error: {
          kind: 'plaid_error',
          message: 'There is no current report to read (CONSUMER_REPORT_EXPIRED)',
          next_step: expect.stringMatching(/create one only if you were asked to/),
          may_have_succeeded: false,
          error_type: 'CONSUMER_REPORT_ERROR',
          error_code: 'CONSUMER_REPORT_EXPIRED',
          request_id: 'req-4kT1',
        },
      },
    ]);
  });

  test('a success is as ever', async () => {
    const { json, error } = await runPlaidCheck(
      sandbox,
      byFields(MONITORING, {
        user_id: 'usr_demo_daniel_reyes',
        consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
      }),
      [{}],
      TOOL,
    );
    expect(error).toBeUndefined();
    expect(json).toHaveLength(1);
  });
});
