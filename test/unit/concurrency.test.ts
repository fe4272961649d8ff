import {
  automaticConcurrency,
  CAREFUL,
  fixedConcurrency,
  MOST_AUTOMATIC,
  type Concurrency,
} from '../../nodes/PlaidCheck/client/concurrency';
import { createPace, paceOf, type Pace } from '../../nodes/PlaidCheck/client/pace';
import { createThrottle } from '../../nodes/PlaidCheck/client/throttle';
import { createBucket } from '../../sandbox/injection/bucket';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

/** In a process that has nothing else to do: the clock of these tests is not the process's. */
const idle = () => automaticConcurrency({ busy: () => 0 });

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Server {
  /** ms until it answers so many requests at once */
  latencyMs: (atOnce: number) => number;
  accepts?: () => boolean;
}

/** Sends so many requests of one run, each until it is accepted. */
function start(count: number, concurrency: Concurrency, server: Server, pace: Pace) {
  const throttle = createThrottle({ concurrency, perSecond: Infinity }, pace);
  const seen = { refused: 0, most: 0, atOnce: 0 };
  let left = count;
  const send = async () => {
    await throttle.acquire();
    const sentAt = Date.now();
    seen.most = Math.max(seen.most, ++seen.atOnce);
    const isAccepted = server.accepts?.() ?? true;
    await wait(server.latencyMs(seen.atOnce));
    seen.atOnce--;
    if (isAccepted) throttle.onSuccess(sentAt);
    else {
      seen.refused++;
      throttle.onRateLimit(0, sentAt);
    }
    throttle.release({
      sentAt,
      tookMs: Date.now() - sentAt,
      result: isAccepted ? 'answered' : 'refused',
    });
    return isAccepted;
  };
  const worker = async () => {
    while (left-- > 0) while (!(await send()));
  };
  const ended = Promise.all(Array.from({ length: Math.min(count, concurrency.most) }, worker));
  return { ended, seen };
}

async function timeOf(ended: Promise<unknown>): Promise<number> {
  let isDone = false;
  void ended.then(() => {
    isDone = true;
  });
  while (!isDone) await jest.advanceTimersByTimeAsync(5);
  return Date.now();
}

const run = async (count: number, server: Server, concurrency = idle()) => {
  const { ended, seen } = start(count, concurrency, server, createPace());
  return { ms: await timeOf(ended), ...seen, level: concurrency.limit() };
};

const limitedTo = (perSecond: number, burst = 10) => {
  const bucket = createBucket({ perSecond, burst }, Date.now);
  return () => bucket.take() === 0;
};

describe('automatic', () => {
  test('grows to its bound where more at once take no longer', async () => {
    const { ms, most } = await run(1000, { latencyMs: () => 500 });
    expect(most).toBe(MOST_AUTOMATIC);
    // 10 at once would take 50 s, and all of them 0.5 s.
    expect(ms).toBeLessThanOrEqual(2500);
  });

  test('does not wait for the first answer, but keeps to a bound where none comes', async () => {
    const concurrency = idle();
    expect(concurrency.limit()).toBe(CAREFUL);
    await jest.advanceTimersByTimeAsync(100);
    expect(concurrency.limit()).toBe(CAREFUL + 50);
    expect(concurrency.msToGrowth()).toBeGreaterThan(0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(concurrency.limit()).toBe(250);
    expect(concurrency.msToGrowth()).toBe(Infinity);
  });

  test('at the first answer goes on from what is in flight', async () => {
    const concurrency = idle();
    await jest.advanceTimersByTimeAsync(100);
    concurrency.onAnswer(0, 100, 30);
    expect(concurrency.limit()).toBe(30);
    expect(concurrency.msToGrowth()).toBe(Infinity);
    await jest.advanceTimersByTimeAsync(1000);
    expect(concurrency.limit()).toBe(30);
  });

  test('starts no more than it has items for, however long answers take', async () => {
    const { most } = await run(40, { latencyMs: () => 2000 });
    expect(most).toBe(40);
  });

  test('stays where it is when answers only wait for each other', async () => {
    const { most } = await run(1000, { latencyMs: (atOnce) => 10 * atOnce });
    expect(most).toBeLessThanOrEqual(CAREFUL * 5);
    const later = await run(3000, { latencyMs: (atOnce) => 10 * atOnce });
    expect(later.level).toBeLessThanOrEqual(CAREFUL * 2);
  });

  test('finds the level from which on it gets no faster', async () => {
    const server = { latencyMs: (atOnce: number) => 200 * Math.max(1, atOnce / 80) };
    const { level, ms } = await run(6000, server);
    expect(level).toBeGreaterThanOrEqual(50);
    expect(level).toBeLessThanOrEqual(150);
    expect(ms).toBeLessThanOrEqual(1.2 * 6000 * (200 / 80));
  });

  test('comes back after Plaid became slower for all', async () => {
    const latencyMs = () => (Date.now() < 5000 ? 100 : 800);
    const { level } = await run(30_000, { latencyMs });
    expect(level).toBeGreaterThanOrEqual(MOST_AUTOMATIC / 2);
  });

  test('shrinks at trouble, and never below where it starts', () => {
    const concurrency = idle();
    for (let answer = 0; answer < 100; answer++) concurrency.onAnswer(answer, 10, 500);
    const before = concurrency.limit();
    expect(before).toBeGreaterThan(CAREFUL);
    concurrency.onTrouble(1000);
    expect(concurrency.limit()).toBe(Math.floor(before / 2));
    // What was sent before tells nothing new.
    concurrency.onTrouble(999);
    expect(concurrency.limit()).toBe(Math.floor(before / 2));
    for (let trouble = 0; trouble < 20; trouble++) concurrency.onTrouble(2000 + trouble);
    expect(concurrency.limit()).toBe(CAREFUL);
  });

  test('a run that does not use its number up does not raise it', () => {
    const concurrency = idle();
    for (let answer = 0; answer < 500; answer++) concurrency.onAnswer(answer, 10, 3);
    expect(concurrency.limit()).toBe(CAREFUL);
  });

  test('a process that is busy already takes on no more', async () => {
    const busy = automaticConcurrency({ busy: () => 0.9 });
    const { most } = await run(200, { latencyMs: () => 500 }, busy);
    expect(most).toBe(CAREFUL);
  });

  test('a fixed number stays', async () => {
    const { most } = await run(200, { latencyMs: () => 500 }, fixedConcurrency(25));
    expect(most).toBe(25);
  });
});

describe('against a limit that nobody was told of', () => {
  test.each([
    [200, 1.3],
    [20, 1.15],
  ])(
    '1,000 reads of 500 ms at %i a second take at most %f of the least',
    async (perSecond, most) => {
      const { ms } = await run(1000, { latencyMs: () => 500, accepts: limitedTo(perSecond) });
      expect(ms / (1000 * (1000 / perSecond))).toBeLessThanOrEqual(most);
    },
  );

  test.each([
    [200, 100],
    [60, 20],
  ])(
    '%i concurrent runs of 10 items at %i a second share what is known of it',
    async (runs, perSecond) => {
      const accepts = limitedTo(perSecond);
      const pace = createPace();
      const all = Array.from({ length: runs }, () =>
        start(10, idle(), { latencyMs: () => 50, accepts }, pace),
      );
      const ms = await timeOf(Promise.all(all.map(({ ended }) => ended)));
      const refused = all.reduce((sum, { seen }) => sum + seen.refused, 0);
      expect(ms / 1000).toBeLessThanOrEqual((1.5 * runs * 10) / perSecond);
      // All that leave before the first refusal, and a few more.
      expect(refused).toBeLessThanOrEqual(runs * 10 * 1.2);
    },
  );
});

describe('the pace of an account', () => {
  test('is one for all of its runs, and another for other accounts', () => {
    expect(paceOf('one')).toBe(paceOf('one'));
    expect(paceOf('one')).not.toBe(paceOf('other'));
  });

  test('is forgotten a minute after its last use', async () => {
    const before = paceOf('idle');
    await jest.advanceTimersByTimeAsync(59_000);
    expect(paceOf('idle')).toBe(before);
    await jest.advanceTimersByTimeAsync(61_000);
    expect(paceOf('idle')).not.toBe(before);
  });

  test('is kept for as long as Plaid asked to wait, and a minute more', async () => {
    const paused = paceOf('paused');
    paused.onRateLimit(300_000, Date.now());
    await jest.advanceTimersByTimeAsync(355_000);
    expect(paceOf('paused')).toBe(paused);
  });
});
