import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { runWorkflow } from '../../engine';
import { fico, report } from '../support/samples/applications';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { goOn } from '../support/workflows/reportRuns';
import {
  byFields,
  byJson,
  CREATE,
  credentialFor,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/** Items of one run may differ in anything: each is sent what it would be sent alone. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const oneByOne = (parameters: INodeParameters) => withOptions(parameters, ONE_BY_ONE);

async function sentFor(parameters: INodeParameters, items: IDataObject[]) {
  const { json } = await runPlaidCheck(server, oneByOne(parameters), items, goOn);
  return { json, bodies: server.requests.map((request) => request.json) };
}

/** What the items are sent and become when each runs alone, where n8n evaluates every expression. */
async function alone(parameters: INodeParameters, items: IDataObject[]) {
  const all = { json: [] as unknown[], bodies: [] as unknown[] };
  for (const item of items) {
    server.play(answer(200, { request_id: 'r1' }));
    const { json, bodies } = await sentFor(parameters, [item]);
    all.json.push(...json);
    all.bodies.push(...bodies);
  }
  server.play(answer(200, { request_id: 'r1' }));
  return all;
}

/** An UltraFICO creation, with expressions at three depths. */
const ULTRAFICO = byFields(CREATE, {
  ...report('={{ $json.user }}'),
  client_report_id: '=app-{{ $json.id }}',
  partner_insights: { fico: fico('={{ $json.scores.base }}') },
});

const applicant = (user: string, id: unknown, base: unknown) =>
  ({ user, id, scores: { base } }) as IDataObject;

const ultraFico = (user: string, id: string, base: number) => ({
  ...report(user),
  client_report_id: id,
  partner_insights: { fico: fico(base) },
});

test('fixed values and those of the item are sent together, however deep they are', async () => {
  const items = [
    applicant('usr_1', 'a', 700),
    applicant('usr_2', 2, '650'),
    applicant(' usr_3 ', 'c', 710),
  ];
  const { bodies } = await sentFor(ULTRAFICO, items);
  expect(bodies).toEqual([
    ultraFico('usr_1', 'app-a', 700),
    ultraFico('usr_2', 'app-2', 650),
    ultraFico('usr_3', 'app-c', 710),
  ]);
});

test('an invalid item in the middle is told by its own index and value', async () => {
  const items = [
    applicant('usr_1', 'a', 700),
    applicant('usr_2', 'b', 'high'),
    applicant('usr_3', 'c', 710),
  ];
  const { error } = await runPlaidCheck(server, oneByOne(ULTRAFICO), items);
  expect(server.requests).toEqual([]);
  expect(error).toMatchObject({ context: { itemIndex: 1 } });
  expect(error?.message).toContain('got "high"');

  const { json, bodies } = await sentFor(ULTRAFICO, items);
  expect(bodies).toEqual([ultraFico('usr_1', 'app-a', 700), ultraFico('usr_3', 'app-c', 710)]);
  expect(json).toMatchObject([{ request_id: 'r1' }, { error: {} }, { request_id: 'r1' }]);
  expect(JSON.stringify(json[1])).toContain('got \\"high\\"');
});

test('an item without a value does not get that of another', async () => {
  const items: IDataObject[] = [
    { user: 'usr_1' },
    applicant('usr_2', 'b', 650),
    { user: 'usr_3', id: 'c', scores: null },
    applicant('usr_4', '', 720),
    { id: 'e', scores: { base: 730 } },
    applicant('usr_6', 'f', 740),
  ];
  const together = await sentFor(ULTRAFICO, items);
  expect(together).toEqual(await alone(ULTRAFICO, items));
  expect(together.bodies).toEqual([
    ultraFico('usr_2', 'app-b', 650),
    ultraFico('usr_6', 'app-f', 740),
  ]);
});

test('items may have options of their own', async () => {
  const parameters = withOptions(byFields(CREATE, report('={{ $json.user }}')), {
    validateRequest: '={{ $json.checked }}',
    extraBodyFields: '={{ $json.extra }}',
  });
  const items = [
    { user: 'usr_1', checked: true, extra: '' },
    { user: 'not one', checked: false, extra: '{"a": 1}' },
    { user: 'not one', checked: true, extra: '{"b": 2}' },
    { user: 'usr_4', checked: true, extra: '{"client_report_id": "d"}' },
  ];
  const { json, bodies } = await sentFor(parameters, items);
  expect(bodies).toEqual([
    report('usr_1'),
    { ...report('not one'), a: 1 },
    { ...report('usr_4'), client_report_id: 'd' },
  ]);
  expect(json).toMatchObject([{}, { request_id: 'r1' }, { error: {} }, {}]);
});

test.each([
  ['another expression', '={{ $json.text.trim() }}-{{ $itemIndex }}'],
  ['a field of an item before', '={{ $("Start").item.json.text }}'],
  ['one beside a field of the item', "={{ $json.text }} {{ $('Start').item.json.list[0] }}"],
  ['a field of a node that is missing', '={{ $("Nobody").item.json.text }}'],
  ['an object', '={{ $json.list }}'],
  ['a name that n8n refuses', '={{ $json.constructor }}'],
  ['what is no field of the item', '={{ $json.text.length }}'],
  ['braces and quotes around', '={"{{ $json.text }}": {{ $json.list[0] }}}'],
  ['a field beside another expression', '={{ $json.text }} {{ $json.list.length }}'],
])('%s is sent as n8n gives it', async (_, client_report_id) => {
  const items: IDataObject[] = [
    { text: 'one', list: [1] },
    { text: ' two "and" $json.text ', list: [2, 3] },
    JSON.parse('{"text": "three", "list": [], "constructor": "own", "__proto__": {"text": "no"}}'),
  ];
  const parameters = byFields(CREATE, { ...report(), client_report_id });
  // Alone, each item is the first one.
  const withIndex = ({ json, bodies }: Awaited<ReturnType<typeof alone>>) =>
    client_report_id.includes('$itemIndex')
      ? { json, bodies: bodies.map((body, index) => atIndex(body, index)) }
      : { json, bodies };
  expect(await sentFor(parameters, items)).toEqual(withIndex(await alone(parameters, items)));
});

function atIndex(body: unknown, index: number) {
  const { client_report_id: id, ...rest } = body as { client_report_id: string };
  return { ...rest, client_report_id: id.replace(/0$/, String(index)) };
}

test('a JSON body of several fields is that of each item', async () => {
  const body = JSON.stringify({ ...report('{{ $json.user }}'), days_requested: 'DAYS' });
  const parameters = byJson(CREATE, `=${body.replace('"DAYS"', '{{ $json.days }}')}`);
  const items = [
    { user: 'usr_1', days: 90 },
    { user: 'usr_2', days: '365' },
    { user: 'usr_"3', days: 90 },
    { user: 'usr_4', days: 180 },
  ];
  const together = await sentFor(parameters, items);
  expect(together).toEqual(await alone(parameters, items));
  expect(together.bodies).toEqual([
    { ...report('usr_1'), days_requested: 90 },
    { ...report('usr_2'), days_requested: 365 },
    { ...report('usr_4'), days_requested: 180 },
  ]);
});

test('fields of other nodes are those of the item that each item comes from', async () => {
  const parameters = oneByOne(
    byFields(CREATE, {
      ...report("={{ $('Start').item.json.user }}"),
      client_report_id:
        '={{ $json.kept }}-{{ $("Start").first().json.user }}-{{ $("Start").last().json.user }}',
    }),
  );
  const workflow = plaidCheckWorkflow(
    parameters,
    ['usr_1', 'usr_2', 'usr_3', 'usr_4'].map((user, index) => ({ user, kept: index !== 1 })),
    goOn,
  );
  const filter: INode = {
    id: 'filter',
    name: 'Only Kept',
    type: 'n8n-nodes-base.filter',
    typeVersion: 2.2,
    position: [110, 0],
    parameters: {
      conditions: {
        options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
        conditions: [
          {
            id: '1',
            leftValue: '={{ $json.kept }}',
            rightValue: '',
            operator: { type: 'boolean', operation: 'true', singleValue: true },
          },
        ],
        combinator: 'and',
      },
      options: {},
    },
  };
  const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
  const { error } = await runWorkflow({
    workflow: {
      ...workflow,
      nodes: [...workflow.nodes, filter],
      connections: { Start: to(filter.name), [filter.name]: to(PLAID_CHECK) },
    },
    credentials: { plaidCheckApi: credentialFor(server) },
  });
  expect(error).toBeUndefined();
  expect(server.requests.map((request) => request.json)).toEqual(
    ['usr_1', 'usr_3', 'usr_4'].map((user) => ({
      ...report(user),
      client_report_id: 'true-usr_1-usr_4',
    })),
  );
});
