import type { IDataObject, JsonObject } from 'n8n-workflow';
import { runWorkflow } from '../../engine';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import { answerInDemo } from '../../nodes/PlaidCheck/demo';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { knownStateOf, type Ask } from '../support/samples/knownState';
import { fullRequest, smallestRequest } from '../support/sdk/sdkRequests';
import { refuseSockets, type SocketWatch } from '../support/servers/noSockets';
import { runDemo } from '../support/workflows/runDemo';
import { FULL_REPORT } from '../support/workflows/reportRuns';
import { byFields, type Operation } from '../support/workflows/runPlaidCheck';
import { plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { withRules } from '../unit/support/withRules';

/**
 * Every operation with a credential of the environment Demo. Requests are made from the types of Plaid's SDK, and answers are
 * held against them. Nothing may leave the process meanwhile.
 */

const USER = 'usr_demo_approved';

let oracle: Oracle;
let sockets: SocketWatch;

beforeAll(async () => {
  oracle = await loadOracle();
});
beforeEach(() => {
  sockets = refuseSockets();
});
afterEach(() => {
  sockets.stop();
  expect(sockets.tried).toEqual([]);
});

const ask: Ask = (path, body) => {
  const looks = { isReady: () => true };
  const response = answerInDemo({ path, body: body as JsonObject }, looks);
  const text = Buffer.concat(response.body).toString('utf8');
  if (response.statusCode !== 200) throw new Error(`${path} answered ${text}`);
  return Promise.resolve(JSON.parse(text) as IDataObject);
};

const SIZES = { smallest: smallestRequest, full: fullRequest };

const OPERATIONS = catalog.map((one): [string, Operation] => [one.path, one]);

describe.each(Object.entries(SIZES))('the %s request', (_size, bodyOf) => {
  test.each(OPERATIONS)('%s is answered as the SDK says, and marked', async (path, operation) => {
    const known = await knownStateOf(ask, USER, path);
    const body = withRules(path, bodyOf(oracle, path, { known }) as JsonObject);
    expect(oracle.checkRequest(path, body)).toBeNull();
    const run = await runDemo(byFields(operation, body));
    expect([run.error?.message, run.error?.description]).toEqual([undefined, undefined]);
    const [item, ...others] = run.outputs[0] ?? [];
    expect(others).toEqual([]);
    expect(item?.json).toMatchObject({ demo: true, request_id: expect.stringMatching(/^\w{15}$/) });
    if (item?.binary) {
      expect(item.binary.data).toMatchObject({ mimeType: 'application/pdf' });
      expect(Buffer.from(String(item.binary.data?.data), 'base64').toString('latin1')).toMatch(
        /^%PDF-/,
      );
    } else {
      const answered = { ...item?.json };
      delete answered.demo;
      // The node adds the user of the request where it is no report.
      if (oracle.checkResponse(path, answered).length > 0) delete answered.user_id;
      expect(oracle.checkResponse(path, answered)).toEqual([]);
    }
  });
});

test('the operation of several requests', async () => {
  const products = ['base_report', 'income_insights', 'lend_score'];
  const { json } = await runDemo(byFields(FULL_REPORT, { user_id: USER, products }));
  expect(json).toMatchObject([{ demo: true, complete: true, errors: [] }]);
});

test('the call of any other endpoint: answered where the stand-in has it, else Plaid’s 404', async () => {
  const call = (customPath: string) => ({
    resource: 'customCall',
    operation: 'send',
    customPath,
    customBody: JSON.stringify({ user_id: USER }),
  });
  const known = await runDemo(call('/user/get'));
  expect(known.json).toMatchObject([{ client_user_id: 'applicant_approved', demo: true }]);
  const { error } = await runDemo(call('/accounts/get'));
  expect(error).toMatchObject({ httpCode: '404', description: expect.stringMatching('NOT_FOUND') });
});

test('a credential that has keys sends, which the watch over sockets sees', async () => {
  const credential = { environment: 'sandbox', clientId: 'client', secret: 'a-secret-of-nobody' };
  const workflow = plaidCheckWorkflow(
    { ...byFields(FULL_REPORT, { user_id: USER, products: ['base_report'] }), options: ONCE },
    [{}],
  );
  const { status } = await runWorkflow({ workflow, credentials: { plaidCheckApi: credential } });
  expect(status).toBe('error');
  expect(sockets.tried.join()).toContain('sandbox.plaid.com');
  sockets.stop();
  sockets = refuseSockets();
});

const ONCE = { retry: { values: { maxAttempts: 1 } } };
