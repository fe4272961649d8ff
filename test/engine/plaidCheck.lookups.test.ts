import type { INode, INodeParameters } from 'n8n-workflow';
import { listChoices, loadedChoices } from '../../engine';
import { findOperation } from '../../nodes/PlaidCheck/catalog/operations';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL } from '../support/samples/applications';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { credentialFor, SECRET, type Account } from '../support/workflows/runPlaidCheck';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

/** The node as it stands in the editor while a list of it is opened. */
function nodeWith(parameters: INodeParameters): INode {
  const node = plaidCheckWorkflow(parameters, []).nodes.find(({ name }) => name === PLAID_CHECK);
  if (!node) throw new Error('The workflow has no Plaid Check node');
  return node;
}

const list = (
  method: string,
  parameters: INodeParameters,
  filter?: string,
  account: Account = sandbox,
) =>
  listChoices({
    node: nodeWith(parameters),
    method,
    filter,
    credentials: { plaidCheckApi: credentialFor(account) },
  });

const removeItems = (user: INodeParameters) => ({
  resource: 'user',
  operation: 'removeItems',
  ...user,
});

describe('the Items of a user', () => {
  test('are listed by bank and ID, from one request that names the user', async () => {
    const { results } = await list('items', removeItems({ user_id: AMARA }));
    const [sent, ...others] = sandbox.requests;
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ path: '/user/items/get', json: { user_id: AMARA } });
    expect(results.length).toBeGreaterThan(0);
    results.forEach(({ name, value }) => expect(name).toMatch(new RegExp(`^.+ \\(${value}\\)$`)));
  });

  test('are found by what is typed into the search box, in either case', async () => {
    const all = await list('items', removeItems({ user_id: AMARA }));
    const [first] = all.results;
    const bank = String(first?.name).split(' (')[0] ?? '';
    expect(
      (await list('items', removeItems({ user_id: AMARA }), bank.toUpperCase())).results,
    ).toEqual(all.results.filter(({ name }) => name.includes(bank)));
    expect((await list('items', removeItems({ user_id: AMARA }), 'no such bank')).results).toEqual(
      [],
    );
  });

  test('are those of the user token, where the node names the user by it', async () => {
    const token = 'user-sandbox-11111111-1111-1111-1111-111111111111';
    const parameters = removeItems({
      identifyUserBy: 'user_token',
      user_token: token,
      user_id: AMARA,
    });
    await expect(list('items', parameters)).rejects.toThrow();
    expect(sandbox.requests).toMatchObject([{ json: { user_token: token } }]);
  });

  test.each([
    ['no user', {}],
    ['an empty user', { user_id: ' ' }],
    ['an expression that the editor could not work out', { user_id: '={{ $json.user_id }}' }],
  ])('ask for the user where there is %s', async (_, user) => {
    await expect(list('items', removeItems(user))).rejects.toThrow('Fill in the user ID first');
    expect(sandbox.requests).toEqual([]);
  });

  test('say what Plaid says of a user it does not know', async () => {
    const listed = list('items', removeItems({ user_id: 'usr_nobody' }));
    await expect(listed).rejects.toThrow(/user/i);
    await expect(listed).rejects.not.toThrow(SECRET);
  });

  test('are none where Plaid sends something else than a list', async () => {
    const server = await startScriptedServer();
    server.play(answer(200, { items: 'none' }));
    try {
      const { results } = await list('items', removeItems({ user_id: AMARA }), '', server);
      expect(results).toEqual([]);
    } finally {
      await server.close();
    }
  });
});

describe('the subscriptions of a user', () => {
  const parameters = { resource: 'servicing', operation: 'get' };

  const subscribe = async (user_id: string) => {
    const response = await fetch(`${sandbox.url}/cra/servicing/subscription/create`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'PLAID-CLIENT-ID': sandbox.clientId,
        'PLAID-SECRET': sandbox.secret,
      },
      body: JSON.stringify({
        user_id,
        scope: 'CLIENT_USER',
        products: [{ product: 'cra_base_report', version: 'v1' }],
      }),
    });
    return ((await response.json()) as { subscription_id: string }).subscription_id;
  };

  test('are listed with their products for the user ID in the search box', async () => {
    const id = await subscribe(AMARA);
    await subscribe(DANIEL);
    expect((await list('subscriptions', parameters, ` ${AMARA} `)).results).toEqual([
      { name: `cra_base_report (${id})`, value: id },
    ]);
  });

  test('ask for a user ID as long as there is none', async () => {
    await expect(list('subscriptions', parameters)).rejects.toThrow(
      'Type a user ID into the search box',
    );
    expect(sandbox.requests).toEqual([]);
  });
});

describe('the facts of an operation', () => {
  const facts = (operation: string) =>
    loadedChoices({
      node: nodeWith({ resource: 'checkReport', operation, output: 'selected' }),
      method: 'getFacts',
    });

  test('are those of its simplified output, by name, listed without a credential or a request', async () => {
    const { summary = [] } = findOperation('checkReport', 'getLendScore');
    const listed = await facts('getLendScore');
    expect(listed.map(({ value }) => value).sort()).toEqual(summary.map(({ name }) => name).sort());
    const names = listed.map(({ name }) => name);
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
    expect(listed).toContainEqual(
      expect.objectContaining({ value: 'lend_score', description: expect.stringMatching(/./) }),
    );
    expect(sandbox.requests).toEqual([]);
  });

  test('are none for an operation that has no simplified output', async () => {
    expect(await facts('getPdf')).toEqual([]);
  });
});
