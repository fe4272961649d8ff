import { touch } from '../utils/touch';

/**
 * How long Plaid takes to make a report, as the polls of this process have shown: it decides when the next poll is worth
 * it. Without knowledge, polls come at growing intervals.
 */
export interface ReadyTimes {
  /**
   * The age of a report at which it is to be polled next, in ms.
   * @param ageMs its age at the last poll; undefined before the first
   * @param random from 0 up to 1, so that reports of the same age are not all polled at the same moment
   */
  nextPoll(ageMs: number | undefined, random: number): number;
  /** @param poll the ages of the report at the poll before (0 for its creation) and at this one, and what it found */
  learn(poll: { fromMs: number; toMs: number; isReady: boolean }): void;
}

/** Ages are counted in bins that grow with them, up to the longest Max Wait; the first bin is for what is ready at once. */
const FIRST_BIN_MS = 250;
const BIN_GROWTH = 1.05;
const WEEK_MS = 7 * 24 * 3_600_000;
const BINS = 1 + Math.ceil(Math.log(WEEK_MS / FIRST_BIN_MS) / Math.log(BIN_GROWTH));
const STARTS = Float64Array.from({ length: BINS + 1 }, (_, bin) =>
  bin === 0 ? 0 : FIRST_BIN_MS * BIN_GROWTH ** (bin - 1),
);

/**
 * What is expected without knowledge: how many reports are ready at once, and become ready while their age grows by a
 * factor of e. Plaid publishes no times, so all orders of magnitude are about as likely.
 */
const READY_AT_ONCE = 0.1;
const READY_PER_E_FOLD = 0.3;

/** For how many reports that expectation counts, and how many of the latest ones are remembered of each age. */
const EXPECTATION_WEIGHT = 1;
const MEMORY = 200;

/** How many are remembered after a time without polls, and once reports come at other times than they did. */
const IDLE_MS = 3_600_000;
const MEMORY_AFTER_IDLE = 20;
const MEMORY_AFTER_SHIFT = 2;

/** By how many reports polls may find more at the first one, or less in all, than is expected with some allowance for each. */
const MORE_THAN_EXPECTED = 4;
const LESS_THAN_EXPECTED = 8;
const ALLOWANCE = 0.15;

/** The chances that a report is read later than the delay aimed at, as the first or as a later poll comes too late. */
const MISSED_BY_FIRST = 0.03;
const MISSED_BY_LATER = 0.003;

/** The delay aimed at grows with the age, and is scaled down as far as the mean number of polls allows. */
const MEAN_POLLS = 8;
const LONGEST_DELAY_MS = 20_000;
const SHORTEST_SCALE = 0.2;
const SCALE_WITHOUT_KNOWLEDGE = 0.75;
const delayAt = (ageMs: number, scale: number) =>
  Math.min(scale * LONGEST_DELAY_MS, Math.sqrt(scale) * (1000 + ageMs / 2));

/** The share of that delay by which polls are spread. */
const JITTER = 0.1;

/** The share of reports that are not ready yet from which on further polls don't count toward the mean. */
const LAST_REPORTS = 0.02;

/** Polls after which the delay is chosen anew, and how exactly: in so many halvings. */
const POLLS_PER_CHOICE = 40;
const HALVINGS = 8;

export function createReadyTimes(now = Date.now): ReadyTimes {
  /** How many reports became ready in each bin, and for how much of it how many were waiting. */
  const ready = new Float64Array(BINS);
  const waited = new Float64Array(BINS);
  /** The sums of the hazards of all bins before each one, where `areSummed` */
  const sums = new Float64Array(BINS + 1);
  let areSummed = false;
  let scale = SCALE_WITHOUT_KNOWLEDGE;
  let pollsSinceChoice = 0;
  let learnedAt = now();
  let more = 0;
  let less = 0;

  /** Of the reports that wait at the start of a bin, about how many become ready in it. */
  function hazardOf(bin: number): number {
    const expected = bin === 0 ? READY_AT_ONCE : READY_PER_E_FOLD * Math.log(BIN_GROWTH);
    return (
      (at(ready, bin) + EXPECTATION_WEIGHT * expected) / (at(waited, bin) + EXPECTATION_WEIGHT)
    );
  }

  function sumBefore(bin: number): number {
    if (!areSummed)
      for (let one = 0; one < BINS; one++) sums[one + 1] = at(sums, one) + hazardOf(one);
    areSummed = true;
    return at(sums, bin);
  }

  /** The cumulative hazard: e to the power of minus it is the share of reports that are not ready at that age. */
  function hazardUpTo(ageMs: number): number {
    const bin = binOf(ageMs);
    return sumBefore(bin) + hazardOf(bin) * shareOf(bin, 0, ageMs);
  }

  function ageOf(hazard: number): number {
    let [low, high] = [0, BINS - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (sumBefore(middle) <= hazard) low = middle;
      else high = middle - 1;
    }
    const share = Math.min(1, (hazard - sumBefore(low)) / hazardOf(low));
    return at(STARTS, low) + share * widthOf(low);
  }

  function pollAfter(ageMs: number | undefined, random: number): number {
    const missed = -Math.log(1 - (ageMs === undefined ? MISSED_BY_FIRST : MISSED_BY_LATER));
    if (ageMs === undefined && hazardOf(0) >= missed) return 0;
    const from = ageMs ?? 0;
    const mayBeReadyAt = Math.max(from, ageOf(hazardUpTo(from) + missed));
    return mayBeReadyAt + delayAt(mayBeReadyAt, scale) * (1 - JITTER * random);
  }

  function needsTooManyPolls(): boolean {
    let polls = 1;
    for (let age = pollAfter(undefined, 0.5); polls <= MEAN_POLLS; age = pollAfter(age, 0.5)) {
      const notReady = Math.exp(-hazardUpTo(age));
      if (notReady < LAST_REPORTS) return false;
      polls += notReady;
    }
    return true;
  }

  function chooseScale() {
    let [low, high] = [0, 1];
    for (let step = 0; step < HALVINGS; step++) {
      scale = (low + high) / 2;
      if (needsTooManyPolls()) low = scale;
      else high = scale;
    }
    scale = Math.max(SHORTEST_SCALE, high);
  }

  function forget(most: number, from = 0, to = BINS - 1) {
    for (let bin = from; bin <= to; bin++) {
      const count = at(waited, bin);
      if (count <= most) continue;
      waited[bin] = most;
      ready[bin] = (at(ready, bin) * most) / count;
    }
  }

  /** Forgets what no longer holds, if polls find other than expected and not by chance (CUSUM). */
  function noticeShift(fromMs: number, toMs: number, isReady: boolean) {
    const expected = 1 - Math.exp(hazardUpTo(fromMs) - hazardUpTo(toMs));
    const surplus = Number(isReady) - expected;
    // Before the first poll nobody looks, so only this shows reports that are ready earlier than they were.
    if (fromMs === 0) more = Math.max(0, more + surplus - ALLOWANCE);
    less = Math.max(0, less - surplus - ALLOWANCE);
    if (more > MORE_THAN_EXPECTED) forget(MEMORY_AFTER_SHIFT, 0, binOf(toMs));
    else if (less > LESS_THAN_EXPECTED) forget(MEMORY_AFTER_SHIFT, binOf(fromMs));
    else return;
    more = less = 0;
    pollsSinceChoice = POLLS_PER_CHOICE;
  }

  return {
    nextPoll(ageMs, random) {
      if (pollsSinceChoice >= POLLS_PER_CHOICE) {
        pollsSinceChoice = 0;
        chooseScale();
      }
      return pollAfter(ageMs, random);
    },
    learn({ fromMs, toMs, isReady }) {
      const time = now();
      if (time - learnedAt > IDLE_MS) forget(MEMORY_AFTER_IDLE);
      learnedAt = time;
      noticeShift(fromMs, toMs, isReady);
      areSummed = false;
      const before = hazardUpTo(fromMs);
      const readyInAll = 1 - Math.exp(before - hazardUpTo(toMs));
      let notReady = 1;
      for (let bin = binOf(fromMs); bin <= binOf(toMs); bin++) {
        // When it became ready is known by its likelihood only, as nobody looked in between.
        const end = Math.min(toMs, at(STARTS, bin + 1));
        const readyByEnd = 1 - Math.exp(before - hazardUpTo(end));
        const notReadyAtEnd = isReady && readyInAll > 0 ? 1 - readyByEnd / readyInAll : 1;
        const share = shareOf(bin, fromMs, toMs);
        ready[bin] = at(ready, bin) + notReady - notReadyAtEnd;
        waited[bin] = at(waited, bin) + (share * (notReady + notReadyAtEnd)) / 2;
        notReady = notReadyAtEnd;
        forget(MEMORY, bin, bin);
      }
      areSummed = false;
      pollsSinceChoice++;
    },
  };
}

const MAX_KEPT = 100;

const kept = new Map<string, ReadyTimes>();

/**
 * The times of one kind of report of an account, shared by all runs of this process. An optimization only: other
 * processes learn them on their own.
 * @param key tells accounts, hosts and kinds of reports apart
 */
export const readyTimesOf = (key: string): ReadyTimes =>
  touch(kept, key, MAX_KEPT, () => createReadyTimes());

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

function binOf(ageMs: number): number {
  if (ageMs < FIRST_BIN_MS) return 0;
  const bin = 1 + Math.floor(Math.log(ageMs / FIRST_BIN_MS) / Math.log(BIN_GROWTH));
  return Math.min(bin, BINS - 1);
}

const widthOf = (bin: number) => at(STARTS, bin + 1) - at(STARTS, bin);

/** The share of a bin that lies between two ages. */
const shareOf = (bin: number, fromMs: number, toMs: number): number =>
  Math.max(0, Math.min(at(STARTS, bin + 1), toMs) - Math.max(at(STARTS, bin), fromMs)) /
  widthOf(bin);
