import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode, INodeParameters } from 'n8n-workflow';
import { listen, type NodeRun, runWorkflow, type WorkflowJson } from '../../engine';

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
  return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

function setFields(name: string, fields: string): INode {
  return node(name, 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: fields, options: {} });
}

/** The nodes one after the other, each on the first output of the one before. */
function chain(...nodes: INode[]): WorkflowJson {
  const connections: WorkflowJson['connections'] = {};
  nodes.reduce((from, to) => {
    connections[from.name] = { main: [[{ node: to.name, type: 'main', index: 0 }]] };
    return to;
  });
  return { nodes, connections, settings: { executionOrder: 'v1' } };
}

const json = (runs: NodeRun[] | undefined) =>
  runs?.map(({ outputs }) => outputs.map((items) => items.map((item) => item.json)));

describe('base nodes', () => {
  const people = setFields('People', '={{ { person: [{ id: "a" }, { id: "b" }, { id: "c" }] } }}');
  const split = node('Split', 'n8n-nodes-base.splitOut', 1, {
    fieldToSplitOut: 'person',
    options: {},
  });
  const isB = node('Is B', 'n8n-nodes-base.if', 2.2, {
    conditions: {
      options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
      combinator: 'and',
      conditions: [
        {
          id: '1',
          leftValue: '={{ $json.id }}',
          rightValue: 'b',
          operator: { type: 'string', operation: 'equals' },
        },
      ],
    },
    options: {},
  });

  test('run in order, report progress, and leave every output of every run', async () => {
    const seen: string[] = [];
    const result = await runWorkflow({
      workflow: chain(start, people, split, isB),
      onNodeStart: (name) => seen.push(`${name} starts`),
      onNodeDone: (name, { outputs }) => seen.push(`${name}: ${outputs.map((o) => o.length)}`),
    });

    expect(result.error).toBeUndefined();
    expect(result.status).toBe('success');
    expect(json(result.nodes['Is B'])).toEqual([[[{ id: 'b' }], [{ id: 'a' }, { id: 'c' }]]]);
    expect(seen).toEqual(
      ['Start: 1', 'People: 1', 'Split: 3', 'Is B: 1,2'].flatMap((line) => [
        `${line.split(':')[0]} starts`,
        line,
      ]),
    );
    expect(result.log.join('\n')).toContain('Running node \\"Is B\\" finished successfully');
  });

  test('items are paired back through a branch to the node they came from', async () => {
    const later = setFields('Later', '={{ { from: $("Split").item.json.id, now: $json.id } }}');
    const workflow = chain(start, people, split, isB);
    workflow.nodes.push(later);
    workflow.connections['Is B'] = { main: [[], [{ node: 'Later', type: 'main', index: 0 }]] };
    const { nodes } = await runWorkflow({ workflow });

    expect(nodes['Is B']?.[0]?.outputs[1]?.map((item) => item.pairedItem)).toEqual([
      { item: 0 },
      { item: 2 },
    ]);
    expect(json(nodes.Later)).toEqual([
      [
        [
          { from: 'a', now: 'a' },
          { from: 'c', now: 'c' },
        ],
      ],
    ]);
  });

  test('concurrent runs keep their results and their logs apart', async () => {
    const [one, two] = await Promise.all(
      ['One', 'Two'].map((name) =>
        runWorkflow({ workflow: chain(start, setFields(name, `={{ { name: "${name}" } }}`)) }),
      ),
    );
    expect(json(one?.nodes.One)).toEqual([[[{ name: 'One' }]]]);
    expect(one?.log.join()).not.toContain('Two');
    expect(two?.log.join()).not.toContain('One');
  });

  test('the workflow handed in stays as it was', async () => {
    const workflow = chain(start, people, split);
    const before = JSON.stringify(workflow);
    await runWorkflow({ workflow });
    expect(JSON.stringify(workflow)).toBe(before);
  });
});

describe('failures are in the result', () => {
  test('a node that throws', async () => {
    const broken = node('Broken', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'enough' });
    const result = await runWorkflow({ workflow: chain(start, broken) });
    expect(result.status).toBe('error');
    expect(result.error?.message).toBe('enough');
    expect(result.nodes.Broken?.[0]?.error?.message).toBe('enough');
    expect(result.nodes.Broken?.[0]?.status).toBe('error');
  });

  test('a workflow n8n refuses to start', async () => {
    const nobody = node('Nobody', 'n8n-nodes-base.doesNotExist', 1, {});
    const result = await runWorkflow({ workflow: chain(start, nobody) });
    expect(result.status).toBe('error');
    expect(result.error?.message).toMatch(/doesNotExist|issues/);
    expect(result.nodes).toEqual({});
  });
});

describe('HTTP', () => {
  let server: Server;
  let url: string;
  let requests: { url: string; headers: IncomingHttpHeaders }[];

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push({ url: request.url ?? '', headers: request.headers });
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/api/session' ? '{"id":"session-1"}' : '{"ok":true}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const request = (): INode => ({
    ...node('Request', 'n8n-nodes-base.httpRequest', 4.2, {
      url,
      authentication: 'genericCredentialType',
      genericAuthType: 'httpHeaderAuth',
      options: {},
    }),
    credentials: { httpHeaderAuth: { id: 'any', name: 'Key' } },
  });

  test('a credential described generically authenticates, its expressions resolved', async () => {
    const { nodes, error } = await runWorkflow({
      workflow: chain(start, request()),
      credentials: { httpHeaderAuth: { name: 'X-Key', value: '=key-{{ 6 * 7 }}' } },
    });
    expect(error).toBeUndefined();
    expect(json(nodes.Request)).toEqual([[[{ ok: true }]]]);
    expect(requests.map(({ headers }) => headers['x-key'])).toEqual(['key-42']);
  });

  test('a credential with an expirable token fetches it once and keeps it for the run', async () => {
    const withSession = (name: string): INode => ({
      ...node(name, 'n8n-nodes-base.httpRequest', 4.2, {
        url,
        authentication: 'predefinedCredentialType',
        nodeCredentialType: 'metabaseApi',
        options: {},
      }),
      credentials: { metabaseApi: { id: 'any', name: 'Session' } },
    });
    const metabaseApi = { url, username: 'u', password: 'p' };
    const { error } = await runWorkflow({
      workflow: chain(start, withSession('First'), withSession('Second')),
      credentials: { metabaseApi },
    });
    expect(error).toBeUndefined();
    expect(requests.map((request) => [request.url, request.headers['x-metabase-session']])).toEqual(
      [
        ['/api/session', undefined],
        ['/', 'session-1'],
        ['/', 'session-1'],
      ],
    );
    expect(metabaseApi).toEqual({ url, username: 'u', password: 'p' });
  });

  test('a credential the run was not given is an error that names it', async () => {
    const { error } = await runWorkflow({ workflow: chain(start, request()) });
    expect(error?.message).toContain('httpHeaderAuth');
    expect(requests).toEqual([]);
  });
});

test('cancelling reaches a node that is waiting for an answer, and hangs up', async () => {
  const stop = new AbortController();
  let hungUp: Promise<unknown> | undefined;
  const silent = createServer((_request, response) => {
    hungUp = once(response, 'close');
    stop.abort();
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const ask: INode = {
    ...node('Ask', 'n8n-nodes-plaid-check.plaidCheck', 1, {
      resource: 'checkReport',
      operation: 'getPartnerInsights',
      user_id: 'usr_1',
    }),
    credentials: { plaidCheckApi: { id: 'any', name: 'Keys' } },
  };
  const { status, nodes } = await runWorkflow({
    workflow: chain(start, ask, setFields('After', '={{ {} }}')),
    credentials: {
      plaidCheckApi: {
        environment: 'custom',
        customBaseUrl: `http://127.0.0.1:${port}`,
        clientId: 'client',
        secret: 'secret',
      },
    },
    signal: stop.signal,
  });
  expect(status).toBe('canceled');
  expect(nodes).not.toHaveProperty('After');
  await hungUp;
  silent.close();
  await once(silent, 'close');
});

test('cancelling ends a Wait at once', async () => {
  const wait = node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 60, unit: 'seconds' });
  const stop = new AbortController();
  const { status, nodes, error } = await runWorkflow({
    workflow: chain(start, wait, setFields('After', '={{ {} }}')),
    signal: stop.signal,
    onNodeStart: (name) => name === 'Wait' && setImmediate(() => stop.abort()),
  });
  expect(status).toBe('canceled');
  expect(error?.name).toBe('ManualExecutionCancelledError');
  expect(nodes).not.toHaveProperty('After');
});

describe('a workflow that waits for webhooks', () => {
  const webhook = node('Webhook', 'n8n-nodes-base.webhook', 1, {
    httpMethod: 'POST',
    path: 'hook',
    responseMode: 'onReceived',
    options: {},
  });
  const after = setFields('After', '={{ { got: $json.body.a, headers: $json.headers } }}');

  const post = async (url: string, body: string, type = 'application/json') => {
    const headers = { 'content-type': type, 'x-mine': '1' };
    const { status } = await fetch(url, { method: 'POST', headers, body });
    return status;
  };

  test('runs once for each, with what came', async () => {
    const listener = await listen({ workflow: chain(webhook, after) });
    expect(await post(listener.url, '{"a":1}')).toBe(200);
    expect(await post(listener.url, 'a=2', 'application/x-www-form-urlencoded')).toBe(200);
    const runs = await Promise.all(listener.executions);
    expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
    expect(runs.map(({ nodes }) => json(nodes.After)?.[0]?.[0]?.[0])).toMatchObject([
      { got: 1, headers: { 'x-mine': '1' } },
      { got: '2' },
    ]);
    await listener.close();
  });

  test('answers itself for what n8n does not hand to the node', async () => {
    const listener = await listen({ workflow: chain(webhook, after) });
    expect(await post(listener.url, '{"a":')).toBe(422);
    expect(await post(`${listener.url}/other`, '{}')).toBe(404);
    expect((await fetch(listener.url)).status).toBe(404);
    expect(listener.executions).toEqual([]);
    await listener.close();
  });

  test('in test mode it takes one', async () => {
    const listener = await listen({ workflow: chain(webhook, after), test: true });
    expect(await post(listener.url, '{"a":1}')).toBe(200);
    expect(await post(listener.url, '{"a":1}')).toBe(404);
    expect(listener.executions).toHaveLength(1);
    await listener.close();
  });

  test('an execution that n8n could not save is answered with 500', async () => {
    const onStart = () => Promise.reject(new Error('the database is locked'));
    const listener = await listen({ workflow: chain(webhook, after), onStart });
    expect(await post(listener.url, '{}')).toBe(500);
    expect(listener.executions).toEqual([]);
    await listener.close();
  });

  test('without a node that takes them, it is an error', async () => {
    await expect(listen({ workflow: chain(start, after) })).rejects.toThrow(/takes webhooks/);
  });
});
