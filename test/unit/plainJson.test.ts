import type { JsonObject } from 'n8n-workflow';
import { plainJson } from '../../nodes/PlaidCheck/fields/plainJson';

const read = (value: unknown) => plainJson(value as JsonObject, 'Body');
const problem = (path: Array<string | number>, got: string) => ({
  problem: { path, text: `must be a JSON value, got ${got}` },
});

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? { a: value } : [value];
  return value;
};

test('plain JSON stays as it is', () => {
  const json = { a: 1, b: [null, true, 'x', -0.5, {}], c: { d: { e: [] } }, '': 0 };
  expect(read(json)).toEqual({ json });
});

test('names that every object has are names like any other', () => {
  const text =
    '{"__proto__":{"a":1},"constructor":1,"toString":{"__proto__":2},"hasOwnProperty":null}';
  expect(JSON.stringify(read(JSON.parse(text)))).toBe(`{"json":${text}}`);
  expect(({} as { a?: unknown }).a).toBeUndefined();
});

const DAY = '2026-11-27T10:00:00.000Z';

test.each<[string, unknown, unknown]>([
  ['a Date', new Date(DAY), DAY],
  ['a BigInt', 7n, 7],
  ['a Number', new Number(7), 7],
  ['a String', new String('x'), 'x'],
  ['an object that says what it means', { toJSON: () => ({ b: [1] }), hidden: 2 }, { b: [1] }],
  [
    'an object of a class',
    new (class A {
      b = 1;
    })(),
    { b: 1 },
  ],
  [
    'an object without a prototype',
    Object.assign(Object.create(null) as object, { b: 1 }),
    { b: 1 },
  ],
  [
    'an object with a getter',
    {
      get b() {
        return 1;
      },
    },
    { b: 1 },
  ],
  ['toJSON as a name', { toJSON: 'x' }, { toJSON: 'x' }],
])('%s is sent as what it means', (_, value, sent) => {
  const result = read({ a: value, list: [value] });
  expect(result).toEqual({ json: { a: sent, list: [sent] } });
  // And it is plain from then on.
  expect(JSON.stringify(result)).toBe(JSON.stringify({ json: { a: sent, list: [sent] } }));
});

test('a member without a value is absent, as in JSON', () =>
  expect(read({ a: undefined, b: 1 })).toEqual({ json: { b: 1 } }));

test.each<[unknown, string]>([
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [-Infinity, '-Infinity'],
  [new Number(NaN), 'NaN'],
  [JSON.parse('1e999'), 'Infinity'],
  [2 ** 53, 'an integer of more than 15 digits, which is not exact; send it as text'],
  [12345678901234567890n, 'an integer of more than 15 digits, which is not exact; send it as text'],
  [new Date(NaN), 'an invalid date or another object without a value'],
  [{ toJSON: () => null }, 'an invalid date or another object without a value'],
  [new Map([['a', 1]]), 'a Map'],
  [new Set([1]), 'a Set'],
  [/x/, 'a RegExp'],
  [new Error('x'), 'a Error'],
  [new Uint8Array(2), 'a Uint8Array'],
  [Promise.resolve(1), 'a Promise'],
  [() => 1, 'a function'],
  [Symbol('x'), 'a symbol'],
])('%p is refused', (value, got) => {
  expect(read({ a: value })).toEqual(problem(['a'], got));
  expect(read({ b: { list: [1, { c: value }] } })).toEqual(problem(['b', 'list', 1, 'c'], got));
});

test.each<[string, unknown, string]>([
  ['a Map', new Map(), 'a Map'],
  ['a Date', new Date(DAY), 'a hidden value'],
  ['an object that means a list', { toJSON: () => [] }, 'an empty list'],
])('%s as the whole is refused', (_, value, got) =>
  expect(read(value)).toEqual(problem(['Body'], got)),
);

test.each<object>([
  {
    get a() {
      throw new Error('usr_1');
    },
  },
  {
    toJSON() {
      throw new Error('usr_1');
    },
  },
])('a value that throws is refused, and what it throws is not repeated', (value) =>
  expect(read({ b: value })).toEqual(problem(['Body'], 'an unreadable one')),
);

test('a hole in a list is refused', () =>
  expect(read({ a: [1, undefined] })).toEqual(problem(['a', 1], 'nothing')));

test('a value that contains itself is refused', () => {
  const self: Record<string, unknown> = { b: 1 };
  self.one = { self };
  self.other = [self];
  expect(read(self)).toEqual(problem(['one', 'self'], 'a value that contains itself'));
  const twice = { x: 1 };
  expect(read({ a: twice, b: twice })).toEqual({ json: { a: { x: 1 }, b: { x: 1 } } });
});

test('up to 500 levels are sent, and more are refused', () => {
  expect(read({ a: nested(499) })).toHaveProperty('json');
  for (const depth of [500, 5_000, 100_000])
    expect(read({ a: nested(depth) })).toEqual(
      problem(['Body'], 'more than 500 levels of nesting'),
    );
  const endless = () => ({ toJSON: endless });
  expect(read({ a: endless() })).toEqual(problem(['Body'], 'more than 500 levels of nesting'));
});
