import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { FULL_REPORT, goOn } from '../support/workflows/reportRuns';
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

  test('of a call that Plaid says nothing of, it says nothing', async () => {
    const get = { resource: 'user', operation: 'get', path: '/user/get' };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(get, { user_id: AMARA }), preview),
    );
    expect(json).toMatchObject([{ may_be_billed: null }]);
  });
});
