import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { goOn, wait } from '../support/workflows/reportRuns';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe('Other Plaid Endpoint', () => {
  const call = (customPath: string, customBody: string, options = {}) => ({
    resource: 'customCall',
    operation: 'send',
    customPath,
    customBody,
    options,
  });

  test('sends the JSON to the path with the keys of the credential', async () => {
    const body = { count: 1, offset: 0, country_codes: ['US'] };
    const { json } = await runPlaidCheck(sandbox, call('/institutions/get', JSON.stringify(body)));
    expect(json).toMatchObject([{ institutions: [expect.any(Object)] }]);
    expect(sandbox.requests).toMatchObject([
      { path: '/institutions/get', json: body, headers: { 'plaid-secret': sandbox.secret } },
    ]);
  });

  test.each([
    'institutions/get',
    '//evil.example/get',
    'https://evil.example/get',
    '/institutions/get?x=1',
    '/institutions/../get',
    '/institutions/get#x',
    '/\\evil.example',
    '/a/%2e%2e/b',
    ' ',
  ])('the path %j is refused before anything is sent', async (path) => {
    const { json } = await runPlaidCheck(sandbox, call(path, '{}'), [{}], goOn);
    expect(json).toMatchObject([
      { error: { kind: 'invalid_request', problems: [{ path: 'Path' }] } },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('keys in the JSON are refused, and JSON that is none', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      call('/institutions/get', '={{ $json.body }}'),
      [{ body: '{"secret":"x"}' }, { body: 'no JSON' }],
      goOn,
    );
    expect(json).toMatchObject([
      { error: { problems: [{ path: 'secret' }] } },
      { error: { problems: [{ message: expect.stringContaining('must be a JSON object') }] } },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('a PDF comes out as a file', async () => {
    await runPlaidCheck(sandbox, withOptions(byFields(CREATE, report()), wait(30)));
    const body = JSON.stringify({ user_id: AMARA });
    const { outputs } = await runPlaidCheck(sandbox, call('/cra/check_report/pdf/get', body));
    expect(outputs[0]).toMatchObject([
      {
        json: { request_id: expect.any(String) },
        binary: { data: { mimeType: 'application/pdf', fileName: `report-${AMARA}.pdf` } },
      },
    ]);
  });
});
