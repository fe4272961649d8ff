import { createReadyTimes } from '../../nodes/PlaidCheck/reports/readyTimes';

/** A repeatable source of numbers from 0 up to 1: a linear congruential generator (Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

let time = 0;
const passed = (hours: number) => (time += hours * 3_600_000);

/** Waits for reports that are ready after so many seconds, one after the other, as a node polls them. */
function waitFor(times: ReturnType<typeof createReadyTimes>, readySeconds: readonly number[]) {
  const random = seeded(7);
  return readySeconds.map((seconds) => {
    let polls = 0;
    let ageMs: number | undefined;
    for (;;) {
      const toMs = times.nextPoll(ageMs, random());
      if (ageMs !== undefined && toMs <= ageMs) throw new Error('No time has passed');
      polls++;
      const isReady = toMs >= seconds * 1000;
      times.learn({ fromMs: ageMs ?? 0, toMs, isReady });
      ageMs = toMs;
      if (isReady) return { polls, delay: toMs / 1000 - seconds };
    }
  });
}

type Ended = ReturnType<typeof waitFor>;
const meanPolls = (ended: Ended) => ended.reduce((sum, { polls }) => sum + polls, 0) / ended.length;
const p95 = (ended: Ended) =>
  ended.map(({ delay }) => delay).sort((one, other) => one - other)[
    Math.floor(0.95 * ended.length)
  ] ?? NaN;

/** Reports that take about so long, none further away than the spread. */
function around(mean: number, spread: number, count: number): number[] {
  const random = seeded(mean);
  const between = () => (random() + random() + random() - 1.5) / 1.5;
  return Array.from({ length: count }, () => mean + spread * between());
}

function uniform(count: number): number[] {
  const random = seeded(11);
  return Array.from({ length: count }, () => 20 + 280 * random());
}

const create = () => createReadyTimes(() => time);

describe('without knowledge', () => {
  test('the first polls come at once and after about a second, and then ever later, up to 15 s', () => {
    const times = create();
    const ages: number[] = [];
    for (let age: number | undefined; (age ?? 0) < 120_000; ages.push(age))
      age = times.nextPoll(age, 0.5);
    const gaps = ages.map((age, index) => age - (ages[index - 1] ?? 0));
    expect(gaps[0]).toBe(0);
    expect(gaps[1]).toBeGreaterThan(500);
    expect(gaps[1]).toBeLessThan(1500);
    expect(Math.max(...gaps)).toBeLessThan(16_500);
    expect(gaps.slice(1, 8)).toEqual([...gaps.slice(1, 8)].sort((one, other) => one - other));
  });

  test('a report that takes a day is polled less and less often', () => {
    const [ended] = waitFor(create(), [86_400]);
    expect(ended?.polls).toBeLessThan(2500);
  });
});

describe('with what earlier reports have shown', () => {
  test('reports that take about the same are read within 5 s, after 8 polls at most', () => {
    const times = create();
    waitFor(times, around(40, 15, 200));
    const later = waitFor(times, around(40, 15, 200));
    expect(p95(later)).toBeLessThanOrEqual(5);
    expect(meanPolls(later)).toBeLessThanOrEqual(8);
  });

  test('so are those of two kinds, quick and slow, without polls in between', () => {
    const times = create();
    const mixed = (count: number) =>
      around(30, 8, count).map((quick, index) =>
        index % 3 === 0 ? (around(200, 20, count)[index] ?? NaN) : quick,
      );
    waitFor(times, mixed(300));
    const later = waitFor(times, mixed(300));
    expect(p95(later)).toBeLessThanOrEqual(5);
    expect(meanPolls(later)).toBeLessThanOrEqual(8);
  });

  test('where reports are ready at any time, the delay is near the least that is possible', () => {
    const times = create();
    waitFor(times, uniform(300));
    const later = waitFor(times, uniform(300));
    expect(meanPolls(later)).toBeLessThanOrEqual(9);
    expect(p95(later)).toBeLessThanOrEqual(20);
  });

  test('reports that suddenly come sooner are found again after a few', () => {
    const times = create();
    waitFor(times, around(120, 5, 100));
    const sooner = waitFor(times, around(10, 2, 60));
    expect(sooner[0]?.delay).toBeGreaterThan(60);
    expect(p95(sooner.slice(10))).toBeLessThanOrEqual(8);
  });

  test('reports that suddenly come later are not polled at short intervals for long', () => {
    const times = create();
    waitFor(times, around(20, 3, 200));
    const later = waitFor(times, around(250, 20, 60));
    // At the intervals without knowledge it would be about 24.
    expect(meanPolls(later.slice(20))).toBeLessThanOrEqual(16);
  });

  test('knowledge fades while nothing is polled', () => {
    const times = create();
    waitFor(times, around(120, 5, 200));
    passed(2);
    waitFor(times, [118]);
    const sooner = waitFor(times, around(10, 2, 30));
    expect(p95(sooner.slice(12))).toBeLessThanOrEqual(8);
  });
});
