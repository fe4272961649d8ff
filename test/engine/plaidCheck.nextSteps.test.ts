import { report } from '../support/samples/applications';
import { factsOf, plaidError } from '../support/faults/failures';
import { BASE_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  ONCE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** What is to be done about errors whose code alone does not tell it. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const paths = () => server.requests.map(({ path }) => path);

const OF_ITEM = plaidError('ITEM_ERROR', 'PRODUCT_NOT_READY', 'the requested product is not ready');
const OF_REPORT = { ...OF_ITEM, error_type: 'CONSUMER_REPORT_ERROR' };

describe('PRODUCT_NOT_READY of an Item', () => {
  test.each([BASE_REPORT, PARTNER_INSIGHTS])(
    'is not waited for as a report in the making: $path',
    async (operation: Operation) => {
      server.play(answer(400, OF_ITEM));
      const get = withOptions(byFields(operation, { user_id: 'usr_1' }), wait(5));
      const facts = factsOf(await runPlaidCheck(server, get, [{}], goOn));
      expect(facts).toMatchObject({
        kind: 'plaid_error',
        error_type: 'ITEM_ERROR',
        error_code: 'PRODUCT_NOT_READY',
        next_step: expect.stringMatching(/not about a report.*User: Get Items/),
      });
      expect(facts.next_step).not.toMatch(/Wait Until Ready|CHECK_REPORT_READY/);
      expect(paths()).toEqual([operation.path]);
    },
  );

  test('is not that of a report, which is waited for', async () => {
    server.play((response, request, index) =>
      answer(index === 0 ? 400 : 200, index === 0 ? OF_REPORT : { report: {}, request_id: 'r2' })(
        response,
        request,
        index,
      ),
    );
    const get = withOptions(byFields(BASE_REPORT, { user_id: 'usr_1' }), wait(5));
    const { json } = await runPlaidCheck(server, get, [{}], goOn);
    expect(json).toEqual([expect.not.objectContaining({ error: expect.anything() })]);
    expect(paths()).toHaveLength(2);
  });

  test('of a report that was just created is waited out: that one is in the making', async () => {
    server.play((response, request, index) => {
      const play =
        index === 1 ? answer(400, OF_ITEM) : answer(200, { report: {}, request_id: `r${index}` });
      play(response, request, index);
    });
    const create = withOptions(byFields(CREATE, report()), wait(5));
    const { json } = await runPlaidCheck(server, create);
    expect(json).toEqual([expect.objectContaining({ report_status: 'ready' })]);
    expect(paths()).toEqual([CREATE.path, BASE_REPORT.path, BASE_REPORT.path]);
  });

  test('with an empty message says what it is about', async () => {
    server.play(answer(400, { ...OF_ITEM, error_message: '' }));
    const get = byFields(BASE_REPORT, { user_id: 'usr_1' });
    const { message } = factsOf(await runPlaidCheck(server, get, [{}], goOn));
    expect(message).toBe(
      'The data of a bank connection (Item) is not ready yet (PRODUCT_NOT_READY)',
    );
  });
});

const LINK_TOKEN: Operation = {
  resource: 'linkToken',
  operation: 'create',
  path: '/link/token/create',
};
const session = {
  client_name: 'Lender',
  language: 'en',
  country_codes: ['US'],
  user_id: 'usr_1',
  redirect_uri: 'https://example.com/done',
};

async function nextStepOf(code: string, message: string): Promise<string | null> {
  server.play(answer(400, plaidError('INVALID_REQUEST', code, message)));
  const create = withOptions(byFields(LINK_TOKEN, session), ONCE);
  return factsOf(await runPlaidCheck(server, create, [{}], goOn)).next_step;
}

test.each([
  'OAuth redirect URI must be configured in the developer dashboard. See https://plaid.com/docs/#oauth-redirect-uris',
  'redirect_uri is not registered for this client',
  'Android package name must be configured in the developer dashboard',
])('what is not registered is mended in the Dashboard: %s', async (message) => {
  expect(await nextStepOf('INVALID_FIELD', message)).toMatch(
    /Plaid Dashboard \(https:\/\/dashboard\.plaid\.com\/team\/api\), exactly as this request sends it/,
  );
});

test.each([
  'client_name must be a properly formatted, non-empty string',
  'redirect_uri must be a valid URI',
  'products must be configured in the developer dashboard',
])('another field is corrected in the request: %s', async (message) => {
  expect(await nextStepOf('INVALID_FIELD', message)).toBe('Correct the field that Plaid names');
});

test('INVALID_CONFIGURATION has a next step', async () => {
  const next = await nextStepOf('INVALID_CONFIGURATION', 'cra_options is required');
  expect(next).toMatch(/Correct the settings that Plaid names.*Plaid Dashboard.*ask Plaid/);
});
