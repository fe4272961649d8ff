import { createReplayCache, GRACE_PERIOD_MS } from '../../../nodes/PlaidCheck/webhooks/replayCache';

const yes = () => Promise.resolve(true);

test('gives the outcome of an earlier one', async () => {
  const { get, add } = createReplayCache(() => 0);
  expect(get('a')).toBeUndefined();
  add('a', 10, yes());
  expect(await get('a')).toBe(true);
  expect(get('b')).toBeUndefined();
});

test('keeps one that was not acknowledged: its copies are still copies', async () => {
  const { get, add } = createReplayCache(() => 0);
  let end: ((done: boolean) => void) | undefined;
  add('a', 10, new Promise((resolve) => (end = resolve)));
  const copy = get('a');
  end?.(false);
  expect(await copy).toBe(false);
  expect(await get('a')).toBe(false);
});

test('holds what could come again, a while longer for copies that are being looked at, and little more', () => {
  let now = 0;
  const { get, add } = createReplayCache(() => now);
  for (let n = 0; n < 1_000; n++) add(`a${n}`, 300, yes());
  now = 299 + GRACE_PERIOD_MS;
  add('b', 600 + GRACE_PERIOD_MS, yes());
  expect(get('a0')).toBeDefined();
  now = 300 + GRACE_PERIOD_MS;
  add('c', 600 + GRACE_PERIOD_MS, yes());
  expect(['a0', 'a999', 'b', 'c'].map((id) => get(id) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('holds 50,000 at the most, and drops the oldest', () => {
  const { get, add } = createReplayCache(() => 0);
  const done = yes();
  for (let n = 0; n < 50_010; n++) add(`a${n}`, 300, done);
  expect([0, 9, 10, 50_009].map((n) => get(`a${n}`) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
