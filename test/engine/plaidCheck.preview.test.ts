import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { BASE_REPORT, FULL_REPORT, goOn, ifExpired, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe('Preview Request', () => {
  const preview = { previewRequest: true };

  test('outputs the request with the keys masked, and sends nothing', async () => {
    const { json } = await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), preview));
    expect(json).toEqual([
      {
        method: 'POST',
        url: `${sandbox.url}/cra/check_report/create`,
        headers: {
          'Content-Type': 'application/json',
          'PLAID-CLIENT-ID': '********',
          'PLAID-SECRET': '********',
          'Plaid-Version': '2020-09-14',
        },
        body: report(),
        may_be_billed: true,
        billing:
          'Plaid bills Partner Insights when created with the report, and every other product when first read',
      },
    ]);
    expect(JSON.stringify(json)).not.toContain(sandbox.clientId);
    expect(JSON.stringify(json)).not.toContain(sandbox.secret);
    expect(sandbox.requests).toEqual([]);
  });

  test.each(['TRUE', '={{ true }} ', '={{ $json.preview }}'])(
    'sends nothing where the switch is the text %j',
    async (previewRequest) => {
      const parameters = withOptions(byFields(CREATE, report()), { previewRequest });
      const { json } = await runPlaidCheck(sandbox, parameters, [{ preview: 'True' }]);
      expect(json).toMatchObject([{ method: 'POST', body: report() }]);
      expect(sandbox.requests).toEqual([]);
    },
  );

  test.each([1, 'yes'])('sends nothing where the switch is %j', async (previewRequest) => {
    const parameters = withOptions(byFields(CREATE, report()), {
      previewRequest: '={{ $json.previewRequest }}',
    });
    const { json } = await runPlaidCheck(sandbox, parameters, [{ previewRequest }], goOn);
    const message = `Not sent: the option Preview Request must be true or false, got ${JSON.stringify(previewRequest)}`;
    expect(json).toMatchObject([{ error: { kind: 'not_sent', message } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test('still validates the request', async () => {
    const wrong = withOptions(byFields(CREATE, { ...report(), user_id: ' ' }), preview);
    const { json } = await runPlaidCheck(sandbox, wrong, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'invalid_request' } }]);
  });

  test('masks what secret fields hold, such as an SSN', async () => {
    const create = { resource: 'user', operation: 'create', path: '/user/create' };
    const id_numbers = [{ value: '078051120', type: 'us_ssn' }];
    const body = { client_user_id: 'applicant-1', identity: { id_numbers } };
    const { json } = await runPlaidCheck(sandbox, withOptions(byFields(create, body), preview));
    expect(json).toMatchObject([
      {
        body: {
          client_user_id: 'applicant-1',
          identity: { id_numbers: [{ value: '********', type: 'us_ssn' }] },
        },
      },
    ]);
    expect(JSON.stringify(json)).not.toContain('078051120');
  });

  test.each([
    [
      'Other Plaid Endpoint',
      (body: object) => ({
        resource: 'customCall',
        operation: 'send',
        customPath: '/processor/token/create',
        customBody: JSON.stringify(body),
      }),
    ],
    [
      'Extra Body Fields',
      (body: object) =>
        withOptions(byFields(CREATE, report()), { extraBodyFields: JSON.stringify(body) }),
    ],
  ])(
    'masks tokens, keys, ID numbers and account numbers in %s, by name and by shape',
    async (_, of) => {
      const secrets = {
        access_token: 'tok-1',
        apiKey: 'k-1',
        numbers: { ach: [{ account: '000123', routing: '0110', account_id: 'acc_1' }] },
        notes: ['078-05-1120', 'access-sandbox-7c69d345-fda5', '1111222233330000'],
        id_numbers: [{ value: '4321', type: 'us_ssn_last_4' }],
        echo: `by ${sandbox.clientId} with ${sandbox.secret}`,
      };
      const { json } = await runPlaidCheck(sandbox, withOptions(of(secrets), preview));
      expect(json).toMatchObject([
        {
          body: {
            access_token: '********',
            apiKey: '********',
            numbers: { ach: [{ account: '********', routing: '********', account_id: 'acc_1' }] },
            notes: ['********', '********', '********'],
            id_numbers: [{ value: '********', type: 'us_ssn_last_4' }],
            echo: 'by ******** with ********',
          },
        },
      ]);
      expect(sandbox.requests).toEqual([]);
    },
  );

  test('shows each request of a full report', async () => {
    const body = { user_id: AMARA, products: ['lend_score', 'partner_insights'] };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(FULL_REPORT, body), preview),
    );
    expect(json).toMatchObject([
      {
        requests: [
          { product: 'lend_score', body: { user_id: AMARA } },
          { product: 'partner_insights', url: `${sandbox.url}${PARTNER_INSIGHTS.path}` },
        ],
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  describe('with an option that sends more requests', () => {
    const shown = async (parameters: ReturnType<typeof byFields>, options: INodeParameters) => {
      const { json } = await runPlaidCheck(
        sandbox,
        withOptions(parameters, { ...preview, ...options }),
      );
      expect(sandbox.requests).toEqual([]);
      const [{ requests = json }] = json as [{ requests?: IDataObject[] }];
      return (requests as IDataObject[]).map(({ when, url, may_be_billed, billing }) => ({
        when,
        path: String(url).replace(sandbox.url, ''),
        isTold: may_be_billed === true && typeof billing === 'string',
      }));
    };
    const READY = expect.stringContaining('sent until the report is ready');
    const create = { path: CREATE.path, isTold: true };
    const read = { path: BASE_REPORT.path, isTold: true };

    test.each([
      [
        'a wait for a new report',
        [
          { when: 'first', ...create },
          { when: READY, ...read },
        ],
        wait(5),
      ],
      [
        'a pause for a new report',
        [{ when: expect.stringMatching(/pauses until Plaid's webhook/), ...create }],
        { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 300 } } },
      ],
      [
        'a look, then a wait',
        [
          { when: expect.stringMatching(/^first, to look for what exists; again/), ...read },
          { when: 'if the first request finds nothing to use', ...create },
          { when: READY, ...read },
        ],
        { ...wait(5), ifReportExists: { values: { mode: 'notOlderThan', maxAge: 1 } } },
      ],
    ])('%s', async (_, expected, options) => {
      expect(await shown(byFields(CREATE, report()), options as INodeParameters)).toEqual(expected);
    });

    test.each([
      ['a read that waits', [{ when: READY, ...read }], wait(5)],
      [
        'a read that creates',
        [
          { when: expect.stringMatching(/^first/), ...read },
          { when: 'if there is no current report', ...create },
          { when: READY, ...read },
        ],
        ifExpired,
      ],
    ])('%s', async (_, expected, options) => {
      expect(await shown(byFields(BASE_REPORT, { user_id: AMARA }), options)).toEqual(expected);
    });

    test('a full report that creates', async () => {
      const body = { user_id: AMARA, products: ['lend_score', 'partner_insights'] };
      const all = await shown(byFields(FULL_REPORT, body), ifExpired);
      expect(all).toHaveLength(5);
      expect(all[2]).toEqual({ when: 'if there is no current report', ...create });
    });
  });

  test('Include Billing leaves it as what may be billed', async () => {
    const options = { ...preview, includeBilling: true };
    const create = withOptions(byFields(CREATE, report()), options);
    expect((await runPlaidCheck(sandbox, create)).json).toMatchObject([
      { may_be_billed: true, billing: expect.stringMatching(/^Plaid bills Partner Insights/) },
    ]);
    const several = withOptions(byFields(CREATE, report()), { ...options, ...wait(5) });
    const [json] = (await runPlaidCheck(sandbox, several)).json;
    expect(json).not.toHaveProperty('billing');
  });

  test('of a call that Plaid says nothing of, it says nothing', async () => {
    const get = { resource: 'user', operation: 'get', path: '/user/get' };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(get, { user_id: AMARA }), preview),
    );
    expect(json).toMatchObject([{ may_be_billed: null }]);
  });
});
