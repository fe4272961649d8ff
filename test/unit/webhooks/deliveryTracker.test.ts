import {
  createDeliveryTracker,
  type Delivery,
} from '../../../nodes/PlaidCheck/trigger/deliveryTracker';

const HOUR = 60 * 60_000;
const made = (signatureId: string): Delivery => ({ signedAt: 0, signatureId });
const [one, two, three] = [made('one'), made('two'), made('three')];
const well = Promise.resolve(true);
const badly = Promise.resolve(false);

function setUp() {
  let now = 0;
  const { firstDelivery } = createDeliveryTracker(() => now);
  return { firstDelivery, pass: (ms: number) => void (now += ms) };
}

test('the same content is a new event when the previous delivery was acknowledged', async () => {
  const { firstDelivery } = setUp();
  expect(await firstDelivery('a', one, well)).toBe(one);
  expect(await firstDelivery('a', two, well)).toBe(two);
  expect(await firstDelivery('a', three, badly)).toBe(three);
});

test('they are retries of the first delivery until one is acknowledged', async () => {
  const { firstDelivery } = setUp();
  expect(await firstDelivery('a', one, badly)).toBe(one);
  expect(await firstDelivery('a', two, badly)).toBe(one);
  expect(await firstDelivery('a', three, well)).toBe(one);
  expect(await firstDelivery('a', two, well)).toBe(two);
});

test('other words are no repeat', async () => {
  const { firstDelivery } = setUp();
  await firstDelivery('a', one, badly);
  expect(await firstDelivery('b', two, badly)).toBe(two);
});

test('while the one before is being answered, it is not known yet', async () => {
  const { firstDelivery } = setUp();
  let end: ((isWell: boolean) => void) | undefined;
  void firstDelivery('a', one, new Promise((resolve) => (end = resolve)));
  const [second, third] = [firstDelivery('a', two, badly), firstDelivery('a', three, well)];
  end?.(true);
  expect(await second).toBe(two);
  expect(await third).toBe(two);
});

test('after a day Plaid repeats nothing', async () => {
  const { firstDelivery, pass } = setUp();
  await firstDelivery('a', one, badly);
  pass(24 * HOUR - 1);
  expect(await firstDelivery('a', two, badly)).toBe(one);
  pass(24 * HOUR);
  expect(await firstDelivery('a', three, badly)).toBe(three);
});

test('holds 20,000 at the most, and drops the oldest: then a retry counts as a new event', async () => {
  const { firstDelivery } = setUp();
  for (let n = 0; n <= 20_000; n++) void firstDelivery(`a${n}`, one, badly);
  expect(await firstDelivery('a20000', two, badly)).toBe(one);
  expect(await firstDelivery('a0', two, badly)).toBe(two);
});
