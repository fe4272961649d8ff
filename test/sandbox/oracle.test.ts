import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { PUBLIC_FACTS, withPublicFacts } from '../../sandbox/oracle/notFromSdk';
import { PATCHES } from '../../sandbox/oracle/patches';
import { prepare } from '../../sandbox/oracle/prepare';
import { createReportBody } from './client';
import { fullRequest, requestSchema } from './requestSamples';

const CREATE = '/cra/check_report/create';

/** The paths the SDK's code can call, read in the plainest way there is. */
const sdkPaths = () =>
  [
    ...readFileSync(require.resolve('plaid/dist/api.js'), 'utf8').matchAll(
      /localVarPath = `([^`]+)`/g,
    ),
  ].map(([, path]) => path ?? '');

describe('the oracle', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await loadOracle();
  });

  const paths = () => Object.keys(oracle.endpoints);

  test('covers every path of the families the sandbox stands in for, and what is public beyond the SDK', () => {
    const families = ['/cra/', '/user/', '/link/token/', '/sandbox/', '/oauth/'];
    const single = ['/institutions/get', '/webhook_verification_key/get'];
    const expected = sdkPaths().filter(
      (path) => single.includes(path) || families.some((family) => path.startsWith(family)),
    );
    expect(expected.length).toBeGreaterThan(60);
    const publicToo = Object.keys(PUBLIC_FACTS.endpoints);
    expect(publicToo).toEqual(['/cra/report/create']);
    expect(paths().sort()).toEqual([...new Set([...expected, ...publicToo])].sort());
  });

  test('knows request and answer of each, but for the PDFs', () => {
    const withoutAnswer = paths().filter((path) => !oracle.endpoints[path]?.response);
    expect(withoutAnswer.sort()).toEqual([
      '/cra/check_report/pdf/get',
      '/cra/check_report/verification/pdf/get',
    ]);
    for (const path of paths()) {
      expect(requestSchema(oracle, path)).toMatchObject({
        type: 'object',
        additionalProperties: false,
      });
    }
  });

  test('accepts a request with every field of the type, on every path', () => {
    const refused = paths()
      .map((path) => [path, oracle.checkRequest(path, fullRequest(oracle, path))])
      .filter(([, violation]) => violation);
    expect(refused).toEqual([]);
  });

  test('names an unknown field, on every path', () => {
    for (const path of paths()) {
      const body = { ...fullRequest(oracle, path), shoe_size: 43 };
      expect([path, oracle.checkRequest(path, body)]).toEqual([
        path,
        {
          code: 'UNKNOWN_FIELDS',
          message: 'the following fields are not recognized by this endpoint: shoe_size',
        },
      ]);
    }
  });

  test('names each missing required field, on every path', () => {
    let checked = 0;
    for (const path of paths()) {
      for (const field of requestSchema(oracle, path).required ?? []) {
        const body = JSON.parse(
          JSON.stringify({ ...fullRequest(oracle, path), [field]: undefined }),
        ) as object;
        expect([path, oracle.checkRequest(path, body)]).toEqual([
          path,
          {
            code: 'MISSING_FIELDS',
            message: `the following required fields are missing: ${field}`,
          },
        ]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(paths().length);
  });

  test('names each top-level field of a wrong type, on every path', () => {
    for (const path of paths()) {
      const body = fullRequest(oracle, path);
      for (const field of Object.keys(body)) {
        // No field of the API takes a list of lists.
        const violation = oracle.checkRequest(path, { ...body, [field]: [[[]]] });
        expect([path, field, violation?.code]).toEqual([path, field, 'INVALID_FIELD']);
        expect(violation?.message.startsWith(field)).toBe(true);
      }
    }
  });

  test.each([
    ['a body that is no object', [], 'body must be a JSON object'],
    ['no user', { user_id: undefined }, 'missing: user_id or user_token'],
    ['an empty user_id', { user_id: '' }, 'missing: user_id or user_token'],
    ['two users', { user_token: 'user-sandbox-1' }, 'user_token must not be provided together'],
    ['too many days', { days_requested: 732 }, 'days_requested must be at most 731'],
    ['half a day', { days_requested: 180.5 }, 'days_requested must be an integer'],
    ['days as text', { days_requested: '365' }, 'days_requested must be an integer'],
    ['too many required days', { days_required: 185 }, 'days_required must be at most 184'],
    ['no products', { products: [] }, 'products must be a non-empty array'],
    ['a webhook that is no URL', { webhook: 'example' }, 'webhook must be a valid URL'],
    [
      'the text "null"',
      { partner_insights: { prism_versions: { extend: 'null' } } },
      'partner_insights.prism_versions.extend must be one of: 4.1, 4, null',
    ],
    [
      'a nested unknown field',
      { base_report: { gse_options: { report_types: ['VOA'], colour: 1 } } },
      'not recognized by this endpoint: base_report.gse_options.colour',
    ],
    [
      'a nested missing field',
      { partner_insights: { fico: fico([{ ultrafico_score_version: '1.0' }]) } },
      'missing: partner_insights.fico.ultrafico_score_requests[0].base_fico_score',
    ],
    [
      'five reason codes',
      { partner_insights: { fico: fico([scoreRequest({ reason_codes: [...'12345'] })]) } },
      'base_fico_score.reason_codes must have at most 4 entries',
    ],
    [
      'a score that is no integer',
      { partner_insights: { fico: fico([scoreRequest({ score: 'abc' })]) } },
      'ultrafico_score_requests[0].base_fico_score.score must be an integer',
    ],
  ])('refuses %s', (_what, damage, message) => {
    const body = Array.isArray(damage)
      ? damage
      : (JSON.parse(JSON.stringify({ ...createReportBody('usr_1'), ...damage })) as object);
    expect(oracle.checkRequest(CREATE, body)?.message).toContain(message);
  });

  test.each([
    ['JSON null for a Prism version', { partner_insights: { prism_versions: { extend: null } } }],
    ['fewer than 180 days', { days_requested: 1 }],
    ['Prism products', { partner_insights: { prism_products: ['insights', 'scores'] } }],
    ['a Check Score version', { cashflow_insights: { plaid_check_score_version: 'v1.0' } }],
    ['keys in the body', { client_id: 'id', secret: 'secret' }],
    ['null for a whole block', { partner_insights: null, products: null }],
  ])('accepts %s', (_what, more) => {
    expect(oracle.checkRequest(CREATE, createReportBody('usr_1', more))).toBeNull();
  });

  test('shares no code with what it judges', () => {
    const folder = join(__dirname, '../../sandbox');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(20);
    for (const file of sources) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
        /from '[^']*\/(nodes|credentials)\//,
      );
    }
  });

  test('every patch has a reason, and a stale one is an error', () => {
    for (const { reason } of PATCHES) expect(reason.length).toBeGreaterThan(20);
    const stale = { type: 'GoneType', property: 'x', schema: {}, reason: 'none' };
    expect(() => prepare({ endpoints: {}, definitions: {} }, [stale])).toThrow(/GoneType/);
  });

  test('what is written by hand gives way to an SDK that has it', () => {
    const endpoint = PUBLIC_FACTS.endpoints['/cra/report/create'];
    if (!endpoint) throw new Error('no endpoint');
    const withPath = { endpoints: { '/cra/report/create': endpoint }, definitions: {} };
    expect(() => withPublicFacts(withPath)).toThrow('The SDK has /cra/report/create by now');
    const withType = { endpoints: {}, definitions: { CraReportReadyWebhook: {} } };
    expect(() => withPublicFacts(withType)).toThrow('The SDK has CraReportReadyWebhook by now');
    const withNothing = { endpoints: {}, definitions: {} };
    expect(() => withPublicFacts(withNothing)).toThrow(/^The SDK has no type \w+ any more/);
  });
});

function fico(ultrafico_score_requests: object[]) {
  return { fico_lender_id: 'lender', lender_application_id: 'app', ultrafico_score_requests };
}

function scoreRequest(base: object) {
  return {
    ultrafico_score_version: '1.0',
    base_fico_score: { bureau: 'EXPERIAN', score: 700, base_fico_score_version: '9', ...base },
  };
}
