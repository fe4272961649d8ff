import { createFirstTries, type Try } from '../../../nodes/PlaidCheck/trigger/redeliveries';

const HOUR = 60 * 60_000;
const made = (signatureId: string): Try => ({ signedAt: 0, signatureId });
const [one, two, three] = [made('one'), made('two'), made('three')];
const well = Promise.resolve(true);
const badly = Promise.resolve(false);

function setUp() {
  let now = 0;
  const { firstOf } = createFirstTries(() => now);
  return { firstOf, pass: (ms: number) => void (now += ms) };
}

test('the same words are news when the try before was answered well', async () => {
  const { firstOf } = setUp();
  expect(await firstOf('a', one, well)).toBe(one);
  expect(await firstOf('a', two, well)).toBe(two);
  expect(await firstOf('a', three, badly)).toBe(three);
});

test('they are a repeat of the first try as long as none was answered well', async () => {
  const { firstOf } = setUp();
  expect(await firstOf('a', one, badly)).toBe(one);
  expect(await firstOf('a', two, badly)).toBe(one);
  expect(await firstOf('a', three, well)).toBe(one);
  expect(await firstOf('a', two, well)).toBe(two);
});

test('other words are no repeat', async () => {
  const { firstOf } = setUp();
  await firstOf('a', one, badly);
  expect(await firstOf('b', two, badly)).toBe(two);
});

test('while the one before is being answered, it is not known yet', async () => {
  const { firstOf } = setUp();
  let end: ((isWell: boolean) => void) | undefined;
  void firstOf('a', one, new Promise((resolve) => (end = resolve)));
  const [second, third] = [firstOf('a', two, badly), firstOf('a', three, well)];
  end?.(true);
  expect(await second).toBe(two);
  expect(await third).toBe(two);
});

test('after a day Plaid repeats nothing', async () => {
  const { firstOf, pass } = setUp();
  await firstOf('a', one, badly);
  pass(24 * HOUR - 1);
  expect(await firstOf('a', two, badly)).toBe(one);
  pass(24 * HOUR);
  expect(await firstOf('a', three, badly)).toBe(three);
});

test('holds 20,000 at the most, and drops the oldest: then a repeat counts as news', async () => {
  const { firstOf } = setUp();
  for (let n = 0; n <= 20_000; n++) void firstOf(`a${n}`, one, badly);
  expect(await firstOf('a20000', two, badly)).toBe(one);
  expect(await firstOf('a0', two, badly)).toBe(two);
});
