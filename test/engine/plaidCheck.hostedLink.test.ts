import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { PLAID_CHECK } from '../support/workflows/plaidCheckWorkflow';
import {
  byFields,
  byJson,
  runPlaidCheck,
  type Operation,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** Hosted Link was asked for, but the account does not have it: Plaid returns the link token alone. */

const LINK_TOKEN: Operation = {
  resource: 'linkToken',
  operation: 'create',
  path: '/link/token/create',
};
const session = { client_name: 'Lender', language: 'en', country_codes: ['US'], user_id: 'usr_1' };
const hosted = { ...session, hosted_link: { url_lifetime_seconds: 600 } };

const HINT = expect.stringMatching(
  /link token is valid.*no hosted_link_url.*not enabled for Hosted Link.*Ask Plaid/,
) as string;

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

/** The items of a run, and the hints that n8n shows at its output. */
async function run(parameters: INodeParameters, items = [{}]) {
  const { json, error, nodes } = await runPlaidCheck(server, parameters, items);
  expect(error?.message).toBeUndefined();
  return { json, hints: nodes[PLAID_CHECK]?.[0]?.hints };
}

const token = { link_token: 'link-1', expiration: '2026-12-01T00:00:00Z', request_id: 'r1' };

describe.each([
  ['fields', (body: object) => byFields(LINK_TOKEN, body as never)],
  ['JSON', (body: object) => byJson(LINK_TOKEN, JSON.stringify(body))],
])('by %s', (way, parameters) => {
  test.each([
    ['without the URL', token],
    ['with null for it', { ...token, hosted_link_url: null }],
    ['with an empty text for it', { ...token, hosted_link_url: '' }],
  ])('a response %s has a hint, in the item and at the output', async (_, response) => {
    server.play(answer(200, response));
    const { json, hints } = await run(parameters(hosted));
    expect(json).toEqual([{ ...response, user_id: 'usr_1', hint: HINT }]);
    expect(hints).toEqual([{ message: HINT, type: 'warning', location: 'outputPane' }]);
  });

  test('a response with the URL has none', async () => {
    const response = { ...token, hosted_link_url: 'https://secure.plaid.com/hl/1' };
    server.play(answer(200, response));
    expect(await run(parameters(hosted))).toEqual({
      json: [{ ...response, user_id: 'usr_1' }],
      hints: undefined,
    });
  });

  test('a session that is not hosted has none', async () => {
    server.play(answer(200, token));
    expect(await run(parameters(session))).toEqual({
      json: [{ ...token, user_id: 'usr_1' }],
      hints: undefined,
    });
  });

  if (way === 'JSON') {
    test('an empty hosted_link asks for it too', async () => {
      server.play(answer(200, token));
      const asked = await run(parameters({ ...session, hosted_link: {} }));
      expect(asked.json).toEqual([{ ...token, user_id: 'usr_1', hint: HINT }]);
    });
  }
});

test('many items have one hint at the output', async () => {
  server.play(answer(200, token));
  const { json, hints } = await run(byFields(LINK_TOKEN, hosted), [{}, {}, {}]);
  expect(json).toEqual([1, 2, 3].map(() => ({ ...token, user_id: 'usr_1', hint: HINT })));
  expect(hints).toHaveLength(1);
});

describe('in the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ hostedLink: false });
  });
  afterAll(() => sandbox.close());

  test('an account without Hosted Link gets a token and a hint', async () => {
    const user_id = 'usr_demo_amara_okafor';
    const { json } = await runPlaidCheck(sandbox, byFields(LINK_TOKEN, { ...hosted, user_id }));
    expect(json).toEqual([expect.objectContaining({ link_token: expect.any(String), hint: HINT })]);
    expect(json).toEqual([expect.not.objectContaining({ hosted_link_url: expect.anything() })]);
  });
});
