import { getEventListeners } from 'node:events';
import { sleep } from 'n8n-workflow';

import { fixedConcurrency } from '../../nodes/PlaidCheck/client/concurrency';
import { createThrottle, type Throttle } from '../../nodes/PlaidCheck/client/throttle';
import { runPool } from '../../nodes/PlaidCheck/utils/pool';
import {
  isBorne,
  shouldRetry,
  retryDelay,
  type RetryPolicy,
} from '../../nodes/PlaidCheck/client/retry';
import type { Retryability } from '../../nodes/PlaidCheck/client/errorCodes';
import { headersOf } from '../../nodes/PlaidCheck/client/response';
import { startDeadline } from '../../nodes/PlaidCheck/client/timeout';
import { abortableSleep } from '../../nodes/PlaidCheck/utils/abort';
import { createBucket } from '../../sandbox/injection/bucket';

const POLICY: RetryPolicy = {
  maxAttempts: 3,
  rateLimitMs: 120_000,
  intervalMs: 1000,
  backoffRate: 2,
  maxIntervalMs: 5000,
  retryUncertain: false,
};

describe('whether a request is retried', () => {
  test.each<[Retryability, boolean, boolean, boolean]>([
    // retryability, idempotent, retried when it may have succeeded, expected
    ['never', true, true, false],
    ['safe', true, false, true],
    ['safe', false, false, true],
    ['ifIdempotent', true, false, true],
    ['ifIdempotent', false, false, false],
    ['ifIdempotent', false, true, true],
  ])('%s, idempotent %s, allowed %s: %s', (retry, isIdempotent, retryUncertain, expected) => {
    const policy = { ...POLICY, retryUncertain };
    expect(shouldRetry(policy, { retry, isIdempotent, attempts: 1 })).toBe(expected);
    expect(shouldRetry(policy, { retry, isIdempotent, attempts: 2 })).toBe(expected);
    expect(shouldRetry(policy, { retry, isIdempotent, attempts: 3 })).toBe(false);
  });
});

describe('how long a rate-limited request is retried', () => {
  const MINUTE = 60_000;
  // A rate limit that began at 0, seen at a time when others of the account were last accepted at another.
  test.each([
    [1, -Infinity, true],
    [2, -Infinity, false],
    // Others get on: it is only a matter of time.
    [5, 4.5, true],
    [11.9, 11.8, true],
    // But this user or Item may have a limit of its own, which never ends.
    [12, 11.9, false],
    // Nobody gets on any more.
    [9, 7, false],
  ])('after %d minutes, others accepted at %d: %p', (now, accepted, expected) => {
    const others = { lastAcceptedAt: () => accepted * MINUTE };
    expect(isBorne(0, others, POLICY, now * MINUTE)).toBe(expected);
  });
});

describe('the delay before the next attempt', () => {
  test('is anything from nothing up to an interval that grows to its limit', () => {
    const delays = (random: number) =>
      [1, 2, 3, 4, 5].map((attempts) => retryDelay(POLICY, attempts, random));
    expect(delays(0)).toEqual([0, 0, 0, 0, 0]);
    expect(delays(0.5)).toEqual([500, 1000, 2000, 2500, 2500]);
    expect(delays(1)).toEqual([1000, 2000, 4000, 5000, 5000]);
  });
});

describe('Retry-After', () => {
  const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
  test.each([
    ['7', 7000],
    ['0', 0],
    ['Fri, 20 Nov 2026 12:01:30 GMT', 90_000],
    ['Fri, 20 Nov 2026 11:59:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('%j is %p ms', (value, expected) => {
    expect(headersOf({ 'retry-after': value }, NOW).retryAfterMs).toBe(expected);
  });
});

describe('the pool', () => {
  async function* numbers(count: number): AsyncGenerator<number> {
    for (let number = 0; number < count; number++) yield number;
  }
  const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

  test('takes pieces in order, so many at once and no more than it has room for', async () => {
    const begun: number[] = [];
    let atOnce = 0;
    let most = 0;
    await runPool(numbers(50), 4, new AbortController(), async (number) => {
      begun.push(number);
      most = Math.max(most, ++atOnce);
      for (let turns = number % 5; turns >= 0; turns--) await tick();
      atOnce--;
      return true;
    });
    expect(begun).toEqual(Array.from({ length: 50 }, (_, number) => number));
    expect(most).toBe(4);
  });

  test('begins nothing more once it is stopped, and sees to its end what was begun', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const stop = new AbortController();
    await runPool(numbers(50), 4, stop, async (number) => {
      begun.push(number);
      for (let turns = 0; turns < 5 + number; turns++) await tick();
      ended.push(number);
      return number !== 5;
    });
    expect(stop.signal.aborted).toBe(true);
    expect(begun.length).toBeLessThan(15);
    expect(ended.sort((one, other) => one - other)).toEqual(begun);
  });

  test('stops at what throws, and throws it when all that was begun has ended', async () => {
    const ended: number[] = [];
    const stop = new AbortController();
    const work = runPool(numbers(50), 4, stop, async (number) => {
      await tick();
      if (number === 1) throw new Error('number one');
      for (let turns = 0; turns < 10; turns++) await tick();
      ended.push(number);
      return true;
    });
    await expect(work).rejects.toThrow('number one');
    expect(stop.signal.aborted).toBe(true);
    expect(ended).toEqual([0, 2, 3]);
  });
});

describe('the pace', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  interface Sent {
    at: number;
    refused: boolean;
  }

  /** Sends so many requests over a line that takes `latencyMs`, each again until it is taken. */
  async function run(
    { concurrency, perSecond }: { concurrency: number; perSecond: number },
    {
      count,
      latencyMs,
      taken = () => true,
      pauseMs = 0,
    }: {
      count: number;
      latencyMs: number;
      taken?: () => boolean;
      pauseMs?: number;
    },
  ) {
    const pace = createThrottle({ concurrency: fixedConcurrency(concurrency), perSecond });
    const sent: Sent[] = [];
    let out = 0;
    let most = 0;
    const one = async () => {
      for (;;) {
        await pace.acquire();
        most = Math.max(most, ++out);
        const refused = !taken();
        const sentAt = Date.now();
        sent.push({ at: sentAt, refused });
        await wait(latencyMs);
        out--;
        if (refused) pace.onRateLimit(pauseMs, sentAt);
        else pace.onSuccess(sentAt);
        pace.release({
          sentAt,
          tookMs: Date.now() - sentAt,
          result: refused ? 'refused' : 'answered',
        });
        if (!refused) return;
      }
    };
    let left = count;
    const worker = async () => {
      while (left-- > 0) await one();
    };
    const start = Date.now();
    let isDone = false;
    void Promise.all(Array.from({ length: concurrency }, worker)).then(() => {
      isDone = true;
    });
    while (!isDone) await jest.advanceTimersByTimeAsync(5);
    return { sent, most, ms: Date.now() - start };
  }

  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

  test('without a limit it only bounds how many are out at once', async () => {
    const { most, ms } = await run(
      { concurrency: 7, perSecond: Infinity },
      { count: 70, latencyMs: 50 },
    );
    expect(most).toBe(7);
    expect(ms).toBeLessThanOrEqual(10 * 55);
  });

  test('requests that started together do not go on in step', async () => {
    const { sent, ms } = await run(
      { concurrency: 10, perSecond: Infinity },
      { count: 100, latencyMs: 50 },
    );
    const withinMs = (from: number, length: number) =>
      sent
        .slice(from)
        .map(({ at }, index, rest) => (rest[index + length - 1]?.at ?? Infinity) - at);
    // The first ten don't know yet how long an answer takes.
    expect(withinMs(0, 10)[0]).toBe(0);
    expect(Math.min(...withinMs(20, 3))).toBeGreaterThan(0);
    expect(Math.min(...withinMs(20, 10))).toBeGreaterThanOrEqual(25);
    expect(ms).toBeLessThanOrEqual(10 * 50 + 40);
  });

  test.each([2, 8, 400])(
    'and are no slower for it, where an answer takes %i ms',
    async (latencyMs) => {
      const { ms, most } = await run(
        { concurrency: 10, perSecond: Infinity },
        { count: 500, latencyMs },
      );
      expect(most).toBe(10);
      expect(ms).toBeLessThanOrEqual(50 * latencyMs * 1.02 + 40);
    },
  );

  test('a limit for a second is kept in every second, and used', async () => {
    const { sent, ms } = await run(
      { concurrency: 10, perSecond: 20 },
      { count: 100, latencyMs: 30 },
    );
    const inSecondFrom = ({ at }: Sent) =>
      sent.filter((other) => other.at >= at && other.at < at + 1000).length;
    // One for the 50 ms that a late timer may catch up.
    expect(Math.max(...sent.map(inSecondFrom))).toBeLessThanOrEqual(21);
    expect(ms).toBeLessThanOrEqual(5100);
  });

  test.each([
    [5, 5, 20],
    [20, 1, 200],
    [100, 100, 5],
    [100, 10, 50],
  ])(
    'it settles just under %i a second (burst %i, %i ms latency) without knowing it',
    async (perSecond, burst, latencyMs) => {
      const bucket = createBucket({ perSecond, burst }, Date.now);
      const count = perSecond * 20;
      const { sent, ms, most } = await run(
        { concurrency: 10, perSecond: Infinity },
        { count, latencyMs, taken: () => bucket.take() === 0 },
      );
      const refused = sent.filter((one) => one.refused).length;
      expect(ms / 1000).toBeLessThanOrEqual((1.25 * count) / perSecond);
      // The first requests all leave at once, before there is a speed to keep to.
      expect(refused).toBeLessThanOrEqual(15 + count / 10);
      expect(most).toBe(10);
    },
  );

  test('a limit that others have used up is found again by and by, not crept up to', async () => {
    // Nothing is taken for 3 s, as if another run had emptied the bucket; then 50 a second.
    const bucket = createBucket({ perSecond: 50, burst: 1 }, Date.now);
    const taken = () => Date.now() > 3000 && bucket.take() === 0;
    const { ms, sent } = await run(
      { concurrency: 10, perSecond: Infinity },
      { count: 500, latencyMs: 10, taken },
    );
    expect(ms).toBeLessThanOrEqual(30_000);
    expect(sent.filter((one) => one.refused).length).toBeLessThanOrEqual(100);
  });

  test('it speeds up again, by the same step each second', async () => {
    const bucket = createBucket({ perSecond: 10, burst: 1 }, Date.now);
    const { sent } = await run(
      { concurrency: 10, perSecond: Infinity },
      // After 10 s everything is taken.
      { count: 400, latencyMs: 10, taken: () => Date.now() > 10_000 || bucket.take() === 0 },
    );
    const inSecond = (second: number) =>
      sent.filter(({ at }) => at >= second * 1000 && at < (second + 1) * 1000).length;
    const speeds = [12, 17, 22, 27, 32].map(inSecond);
    const steps = speeds.slice(1).map((speed, index) => speed - (speeds[index] ?? 0));
    for (const step of steps) {
      expect(step).toBeGreaterThanOrEqual(1);
      expect(step).toBeLessThanOrEqual(4);
    }
  });

  test('nothing starts in a pause that Plaid asks for', async () => {
    let first = true;
    const { sent } = await run(
      { concurrency: 3, perSecond: Infinity },
      {
        count: 9,
        latencyMs: 10,
        pauseMs: 4000,
        taken: () => {
          const isTaken = !first;
          first = false;
          return isTaken;
        },
      },
    );
    expect(sent.filter(({ at }) => at > 15 && at < 4000)).toEqual([]);
    expect(sent).toHaveLength(10);
  });

  test('what can wait lets the others go first, but for one turn in twenty', async () => {
    const pace = createThrottle({ concurrency: fixedConcurrency(1), perSecond: Infinity });
    const order: string[] = [];
    const one = async (name: string, canWait: boolean) => {
      await pace.acquire(undefined, canWait);
      order.push(name);
      await sleep(10);
      pace.release();
    };
    const all = [
      ...Array.from({ length: 10 }, () => one('poll', true)),
      ...Array.from({ length: 100 }, () => one('create', false)),
    ];
    await jest.advanceTimersByTimeAsync(2000);
    await Promise.all(all);
    // The first poll found the line empty; then every twentieth turn is one of theirs until no creation is left.
    const places = order.flatMap((name, place) => (name === 'poll' ? [place] : []));
    expect(places).toEqual([0, 20, 40, 60, 80, 100, 106, 107, 108, 109]);
  });

  test('who gives up leaves the line at once, and leaves no timer and no listener behind', async () => {
    const pace: Throttle = createThrottle({
      concurrency: fixedConcurrency(1),
      perSecond: 0.1,
    });
    await pace.acquire();
    const stop = new AbortController();
    let passed = 0;
    const waiting = Array.from({ length: 20 }, async () => {
      expect(await pace.acquire(stop.signal)).toBe(false);
      passed++;
    });
    pace.release();
    await jest.advanceTimersByTimeAsync(100);
    expect(passed).toBe(0);
    expect(jest.getTimerCount()).toBe(1);
    // From the 11th on, Node.js would warn of a leak in n8n's log.
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    stop.abort();
    await Promise.all(waiting);
    await jest.advanceTimersByTimeAsync(0);
    expect(jest.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    // The turns were given back: the next one waits for the clock alone.
    const next = pace.acquire();
    await jest.advanceTimersByTimeAsync(10_000);
    await next;
  });
});

describe('a pause', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('ends after its time or with the signal, and leaves nothing behind', async () => {
    const stop = new AbortController();
    let ended = 0;
    const pauses = Array.from({ length: 30 }, async (_, index) => {
      await abortableSleep(index < 10 ? 1000 : 60_000, stop.signal);
      ended++;
    });
    await jest.advanceTimersByTimeAsync(999);
    expect(ended).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(ended).toBe(10);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    stop.abort();
    await Promise.all(pauses);
    expect(jest.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    await abortableSleep(60_000, stop.signal);
  });
});

describe('deadlines, which share a timer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('are each met in their time, a later one that is shorter too', async () => {
    const [long, ended] = [startDeadline(10_000), startDeadline(5000)];
    await jest.advanceTimersByTimeAsync(1000);
    const short = startDeadline(2000);
    ended.end();
    const upAfter = async (ms: number) => {
      await jest.advanceTimersByTimeAsync(ms);
      return [long, ended, short].map(({ signal }) => signal.aborted);
    };
    expect(await upAfter(1990)).toEqual([false, false, false]);
    expect(await upAfter(20)).toEqual([false, false, true]);
    expect(await upAfter(6900)).toEqual([false, false, true]);
    expect(await upAfter(200)).toEqual([true, false, true]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that have ended leave no timer behind', () => {
    const all = [1000, 2000, Infinity].map((ms) => startDeadline(ms));
    expect(jest.getTimerCount()).toBe(1);
    for (const one of all) one.end();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('are met at once when the other signal is aborted, or the time is up already', () => {
    const cancel = new AbortController();
    const { signal, end } = startDeadline(1000, cancel.signal);
    cancel.abort();
    expect(signal.aborted).toBe(true);
    expect(startDeadline(1000, cancel.signal).signal.aborted).toBe(true);
    expect(startDeadline(0).signal.aborted).toBe(true);
    end();
    expect(jest.getTimerCount()).toBe(0);
  });
});
