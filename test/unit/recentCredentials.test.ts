import {
  createRecentCredentials,
  MAX_RECENT,
  RECENT_MS,
} from '../../nodes/PlaidCheck/client/recentCredentials';

let now = 0;
let reads = 0;

beforeEach(() => {
  now = 1_000_000;
  reads = 0;
});

const create = () => createRecentCredentials(() => now);
/** n8n's database, whose secret is new at every look. */
const read = () => Promise.resolve({ secret: `secret ${++reads}` });

test('a burst reads once, also while the first read is in flight', async () => {
  const recent = create();
  const all = await Promise.all(Array.from({ length: 300 }, () => recent.get('one', read)));
  expect(new Set(all)).toEqual(new Set([{ secret: 'secret 1' }]));
  now += RECENT_MS - 1;
  expect(await recent.get('one', read)).toEqual({ secret: 'secret 1' });
  expect(reads).toBe(1);
});

test('a changed secret is in use after five seconds, however often the old one was asked for', async () => {
  const recent = create();
  for (const end = now + RECENT_MS; now < end; now += 100) await recent.get('one', read);
  expect(await recent.get('one', read)).toEqual({ secret: 'secret 2' });
});

test('the seconds count from the start of a read, as its value may be as old as that', async () => {
  const recent = create();
  const slow = recent.get('one', async () => {
    now += RECENT_MS;
    return await read();
  });
  await slow;
  expect(await recent.get('one', read)).toEqual({ secret: 'secret 2' });
});

test('a removed credential fails at the next read, and the failure is not kept', async () => {
  const recent = create();
  await recent.get('one', read);
  now += RECENT_MS;
  const removed = () => Promise.reject(new Error('removed'));
  await expect(recent.get('one', removed)).rejects.toThrow('removed');
  expect(await recent.get('one', read)).toEqual({ secret: 'secret 2' });
});

test('credentials are kept apart', async () => {
  const recent = create();
  await recent.get('one', read);
  expect(await recent.get('other', read)).toEqual({ secret: 'secret 2' });
});

test('a clock that is set back keeps no old secret', async () => {
  const recent = create();
  await recent.get('one', read);
  now -= 3_600_000;
  expect(await recent.get('one', read)).toEqual({ secret: 'secret 2' });
});

test('the least recently read are evicted first', async () => {
  const recent = create();
  for (let index = 0; index <= MAX_RECENT; index++) await recent.get(`id ${index}`, read);
  await recent.get('id 1', read);
  expect(reads).toBe(MAX_RECENT + 1);
  await recent.get('id 0', read);
  expect(reads).toBe(MAX_RECENT + 2);
});
