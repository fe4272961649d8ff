import { createOnceOnly, LATE_MS } from '../../../nodes/PlaidCheck/webhooks/replayCache';

const yes = () => Promise.resolve(true);

test('tells what became of an earlier one', async () => {
  const { earlier, remember } = createOnceOnly(() => 0);
  expect(earlier('a')).toBeUndefined();
  remember('a', 10, yes());
  expect(await earlier('a')).toBe(true);
  expect(earlier('b')).toBeUndefined();
});

test('forgets one that came to nothing, once that is known', async () => {
  const { earlier, remember } = createOnceOnly(() => 0);
  let end: ((done: boolean) => void) | undefined;
  remember('a', 10, new Promise((resolve) => (end = resolve)));
  const copy = earlier('a');
  end?.(false);
  expect(await copy).toBe(false);
  expect(earlier('a')).toBeUndefined();
});

test('an earlier one that came to nothing does not take a later one with it', async () => {
  const { earlier, remember } = createOnceOnly(() => 0);
  let end: ((done: boolean) => void) | undefined;
  const first = new Promise<boolean>((resolve) => (end = resolve));
  remember('a', 10, first);
  remember('a', 10, yes());
  end?.(false);
  await first;
  expect(await earlier('a')).toBe(true);
});

test('holds what could come again, a while longer for copies that are being looked at, and little more', () => {
  let now = 0;
  const { earlier, remember } = createOnceOnly(() => now);
  for (let n = 0; n < 1_000; n++) remember(`a${n}`, 300, yes());
  now = 299 + LATE_MS;
  remember('b', 600 + LATE_MS, yes());
  expect(earlier('a0')).toBeDefined();
  now = 300 + LATE_MS;
  remember('c', 600 + LATE_MS, yes());
  expect(['a0', 'a999', 'b', 'c'].map((id) => earlier(id) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('holds 50,000 at the most, and drops the oldest', () => {
  const { earlier, remember } = createOnceOnly(() => 0);
  const done = yes();
  for (let n = 0; n < 50_010; n++) remember(`a${n}`, 300, done);
  expect([0, 9, 10, 50_009].map((n) => earlier(`a${n}`) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
