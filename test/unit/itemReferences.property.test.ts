import fc from 'fast-check';
import {
  Workflow,
  type IDataObject,
  type INodeType,
  type INodeTypes,
  type NodeParameterValueType,
} from 'n8n-workflow';

import { readFromItem } from '../../nodes/PlaidCheck/execute/itemReferences';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';

/**
 * What the node reads from an item without n8n is what n8n's own expressions give, or is left to n8n. `FUZZ_SEED=…` repeats a
 * run.
 */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

beforeAll(() => console.info(`Random references from FUZZ_SEED=${SEED}`));

const NODE = 'Plaid Check';

const type: INodeType = new PlaidCheck();
const nodeTypes: INodeTypes = {
  getByName: () => type,
  getByNameAndVersion: () => type,
  getKnownTypes: () => ({}),
};
const { expression } = new Workflow({
  nodes: [
    { id: '1', name: NODE, type: 'plaidCheck', typeVersion: 1, position: [0, 0], parameters: {} },
  ],
  connections: {},
  active: false,
  nodeTypes,
});

const byN8n = (stored: unknown, json: IDataObject) =>
  expression.getParameterValue(
    stored as NodeParameterValueType,
    null,
    0,
    0,
    NODE,
    [{ json }],
    'manual',
    {},
  );

/** Undefined where it is left to n8n. */
const byItem = (stored: unknown, json: IDataObject) =>
  readFromItem(stored)?.(({ node }) => (node === undefined ? json : undefined));

const ITEM: IDataObject = {
  user_id: 'usr_1',
  'first name': 'Ada "{{ $json.user_id }}" \\ }}',
  $cost: 12.5,
  zero: 0,
  no: false,
  empty: '',
  nothing: null,
  nested: { deep: { list: ['a', { b: 'c' }, 3] } },
  $json: { user_id: 'another' },
};

const REFERENCES = [
  '$json.user_id',
  '$json["first name"]',
  "$json['first name']",
  '$json.$cost',
  '$json.zero',
  '$json.no',
  '$json.empty',
  '$json.nothing',
  '$json.missing',
  '$json.nested.deep.list[0]',
  '$json.nested?.deep["list"][1].b',
  '$json?.nested.deep.list?.[2]',
  '$json.nested.deep',
  '$json.$json.user_id',
  '$json.user_id.length',
  '$json.nested.deep.list.length',
  '$json.toString',
  '$json["user_id" ]',
  '$json . user_id',
  '$json.user_id.toUpperCase()',
  '$json.user_id || "none"',
  '$json.zero + 1',
  '$json["}}"]',
  '"$json.user_id"',
  '$itemIndex',
];

const reference = fc
  .tuple(fc.constantFrom('', ' ', '\n'), fc.constantFrom(...REFERENCES))
  .map(([space, inner]) => `{{${space}${inner}${space}}}`);

const text = fc
  .array(fc.constantFrom('a', ' ', '\n', '"', '`', '$', '{', '}', '\\', '=', '\\n', '{{', '}}'), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

const template = fc
  .array(fc.oneof({ weight: 3, arbitrary: reference }, text), { minLength: 1, maxLength: 4 })
  .map((parts) => `=${parts.join('')}`);

/** What n8n gives, or that it refuses the expression. */
function outcomeByN8n(stored: unknown) {
  try {
    return { value: byN8n(stored, ITEM) as unknown };
  } catch {
    return { isRefused: true };
  }
}

test('every template gives what n8n gives, unless it is left to n8n', () => {
  let read = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        reference.map((one) => `=${one}`),
        template,
      ),
      (stored) => {
        const value = byItem(stored, ITEM);
        if (value === undefined) return;
        read++;
        expect(outcomeByN8n(stored)).toEqual({ value });
      },
    ),
    { seed: SEED, numRuns: 1000 },
  );
  expect(read).toBeGreaterThan(100);
});

test('a whole tree gives what n8n gives, at any depth', () => {
  const stored = {
    fixed: 'EXTENSION_OF_CREDIT',
    flag: false,
    nothing: null,
    values: [{ id: '={{ $json.user_id }}', inner: { cost: '={{ $json.$cost }}', list: [1, 'x'] } }],
    text: '={{ $json.nested.deep.list[0] }}-{{ $json.zero }}',
  };
  const read = {
    ...stored,
    values: [{ id: 'usr_1', inner: { cost: 12.5, list: [1, 'x'] } }],
    text: 'a-0',
  };
  expect(byItem(stored, ITEM)).toEqual(read);
  expect(byN8n(stored, ITEM)).toEqual(read);
});

test.each([
  '={{ $json.missing }}',
  '={{ $json.nothing }}',
  '={{ $json.nested }}',
  '={{ $json.user_id.length }}',
  '={{ $json.toString }}',
  '={{ $json.constructor }}',
  '={{ $now }}',
  '={{ $("Start").item.json.user_id }}',
  '={{ $json.user_id.trim() }}',
  '=\\{{ $json.user_id }}',
  '=no expression',
])('%s is left to n8n', (stored) => {
  expect(byItem(stored, ITEM)).toBeUndefined();
  expect(byItem({ other: '={{ $json.user_id }}', list: [stored] }, ITEM)).toBeUndefined();
});
