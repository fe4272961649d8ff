import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type INode,
  type INodeParameters,
  type INodeTypeDescription,
  NodeHelpers,
} from 'n8n-workflow';
import type { WorkflowJson } from '../../engine';
import { DEMO_USERS, SANDBOX_CLIENT_ID, SANDBOX_SECRET } from '../../sandbox/server';
import { plaidCheck, plaidCheckTrigger } from '../support/workflows/builtNode';

const FOLDER = join(__dirname, '..', '..', 'examples');
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const PLAID_CHECK = 'n8n-nodes-plaid-check.plaidCheck';

/** Not in this project's node_modules: the tests in the real n8n show that it knows them. */
const LANGCHAIN = [
  'agent',
  'chat',
  'chatHitlTool',
  'chatTrigger',
  'lmChatOpenAi',
  'memoryBufferWindow',
].map((name) => `@n8n/n8n-nodes-langchain.${name}`);

/** Part 1 creates users, part 2 hears of them. */
const MAKES_USERS = ['lifecycle-apply.json', 'lifecycle-report.json', 'lifecycle-report-api.json'];

/** Reads what another example has saved, and asks Plaid nothing. */
const ASKS_NOTHING = ['backtest.json'];

/** Hears of the users of another example. */
const NAMES_NOBODY = [...MAKES_USERS, ...ASKS_NOTHING, 'batch-collect.json'];

/** As n8n makes a tool of a node: two more fields, and no inputs. */
const asTool = (description: INodeTypeDescription): INodeTypeDescription => ({
  ...description,
  properties: [
    {
      displayName: 'Tool Description',
      name: 'descriptionType',
      type: 'options',
      options: ['auto', 'manual'].map((value) => ({ name: value, value })),
      default: 'auto',
    },
    {
      displayName: 'Description',
      name: 'toolDescription',
      type: 'string',
      required: true,
      default: '',
      displayOptions: { show: { descriptionType: ['manual'] } },
    },
    ...description.properties,
  ],
});

/** What n8n's own nodes offer, each name in several descriptions for its versions. */
const baseTypes = JSON.parse(
  readFileSync(require.resolve('n8n-nodes-base/dist/types/nodes.json'), 'utf8'),
) as INodeTypeDescription[];

/** The description of a node's type and version. Throws where n8n has none. */
function descriptionOf({ type, typeVersion }: INode): INodeTypeDescription {
  if (type === PLAID_CHECK) return plaidCheck.description;
  if (type === `${PLAID_CHECK}Trigger`) return plaidCheckTrigger.description;
  if (type === `${PLAID_CHECK}Tool`) return asTool(plaidCheck.description);
  const found = baseTypes.find(
    ({ name, version }) =>
      `n8n-nodes-base.${name}` === type && [version].flat().includes(typeVersion),
  );
  if (!found) throw new Error(`n8n knows no ${type} in version ${typeVersion}`);
  return found;
}

/** The parameters that the editor shows once it has loaded the node; what it does not know is gone. */
function withDefaults(node: INode): INodeParameters {
  const description = descriptionOf(node);
  const { properties } = description;
  const { parameters } = node;
  return (
    NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {}
  );
}

const examples = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);

test('there are examples', () => {
  expect(examples.map(([file]) => file)).toEqual([
    'agent.json',
    'backtest.json',
    'batch-collect.json',
    'batch-create.json',
    'batch-ultrafico.json',
    'compare-apis.json',
    'decision-both-apis.json',
    'decision-policy.json',
    'lifecycle-apply.json',
    'lifecycle-report-api.json',
    'lifecycle-report.json',
    'night-job.json',
    'nightly-monitoring.json',
    'read-before-expiry.json',
    'route-outcomes.json',
    'underwriting.json',
    'verify-receipt.json',
  ]);
});

test('each has an id and a name of its own', () => {
  const identities = examples.map(([, text]) => JSON.parse(text) as { id: string; name: string });
  expect(new Set(identities.map(({ id }) => id)).size).toBe(examples.length);
  expect(new Set(identities.map(({ name }) => name)).size).toBe(examples.length);
  for (const { id } of identities) expect(id).toMatch(/^[A-Za-z0-9]{16}$/);
});

describe.each(examples)('%s', (file, text) => {
  const example = JSON.parse(text) as WorkflowJson & { active: boolean };
  const { nodes, connections } = example;
  const ours = nodes.filter(({ type }) => type.startsWith(PLAID_CHECK));

  test('starts with a note that explains it, how to try it and what it needs elsewhere', () => {
    expect(nodes[0]?.type).toBe(STICKY_NOTE);
    const content = String(nodes[0]?.parameters.content);
    expect(content).toMatch(/^## \S/);
    expect(content).toContain('**With `npm start`:** ');
    expect(content).toContain('**In your own n8n:** ');
    // A node that the note names is there.
    const named = [...content.matchAll(/\b(?:into|open|from|behind) \*{1,2}([^*]+?)\*{1,2}/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, name] of named) expect(nodes.map((node) => node.name)).toContain(name);
  });

  test('has nodes that n8n knows, with parameters that it accepts', () => {
    for (const node of nodes.filter(({ type }) => !LANGCHAIN.includes(type))) {
      const loaded = { ...node, parameters: withDefaults(node) };
      const description = descriptionOf(node);
      const { properties } = description;
      const issues = NodeHelpers.getNodeParametersIssues(properties, loaded, description);
      expect([node.name, issues]).toEqual([node.name, null]);
    }
  });

  test('has Plaid Check nodes whose every parameter is one that the editor shows', () => {
    expect(ours.length > 0).toBe(!ASKS_NOTHING.includes(file));
    for (const node of ours) expect(withDefaults(node)).toMatchObject(node.parameters);
  });

  test('is wired without loose ends', () => {
    const names = nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(names.length);
    const links = Object.entries(connections).flatMap(([from, byType]) =>
      Object.values(byType).flatMap((outputs) =>
        outputs.flatMap((targets) => (targets ?? []).map(({ node }) => [from, node])),
      ),
    );
    const wired = new Set(links.flat());
    expect(wired).toEqual(
      new Set(nodes.filter(({ type }) => type !== STICKY_NOTE).map(({ name }) => name)),
    );
  });

  test('names its credential and holds no key, and is not active', () => {
    for (const { credentials } of ours) {
      expect(credentials).toEqual({
        plaidCheckApi: { id: 'plaidChkSandbox1', name: 'Plaid Check sandbox' },
      });
    }
    expect(text).not.toContain(SANDBOX_CLIENT_ID);
    expect(text).not.toContain(SANDBOX_SECRET);
    // Plaid's keys are 24 and 30 hex digits, OpenAI's start with sk-.
    expect(text).not.toMatch(/\b[0-9a-f]{24,}\b|\bsk-\w/);
    expect(example).toMatchObject({ active: false, pinData: {} });
  });

  test('is about people that the sandbox knows, or makes its users itself', () => {
    const known = DEMO_USERS.map(({ user_id }) => user_id);
    const named = [...text.matchAll(/\busr_\w+/g)].map(([id]) => id);
    const expected = NAMES_NOBODY.includes(file) ? [] : known;
    expect(new Set(named.filter((id) => id !== 'usr_'))).toEqual(new Set(expected));
  });

  test('has notes and nodes that do not lie on one another', () => {
    const boxes = nodes.map(({ name, type, parameters, position: [left, top] }) => {
      const note = type === STICKY_NOTE;
      const width = note ? Number(parameters.width) : 96;
      // The node's name and subtitle stand below it.
      const height = note ? Number(parameters.height) : 144;
      return { name, left, top, right: left + width, bottom: top + height };
    });
    const overlaps = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (other) =>
            one.left < other.right &&
            other.left < one.right &&
            one.top < other.bottom &&
            other.top < one.bottom,
        )
        .map((other) => `${one.name} and ${other.name}`),
    );
    expect(overlaps).toEqual([]);
  });
});
