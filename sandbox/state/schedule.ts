import type { Clock } from './clock';

/** What is going to happen, by the sandbox's clock: moving the clock brings it about. */
export interface Schedule {
  /** Does something once the clock shows `due` (ms since the epoch), but never at once. */
  at(due: number, action: () => void): void;
  /** Resolves when nothing is to come any more. */
  done(): Promise<void>;
  /** Forgets what is to come. */
  clear(): void;
}

interface Entry {
  readonly due: number;
  readonly action: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The longest time a timer can wait: 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

export function createSchedule(clock: Clock): Schedule {
  const entries = new Set<Entry>();
  let whenDone: (() => void)[] = [];

  const arm = (entry: Entry) => {
    clearTimeout(entry.timer);
    const wait = Math.min(Math.max(entry.due - clock.now(), 0), LONGEST_MS);
    entry.timer = setTimeout(() => {
      // A timer may ring a little early, or long before, where the time is too long for one.
      if (clock.now() < entry.due) return arm(entry);
      entries.delete(entry);
      entry.action();
      tellIfDone();
    }, wait);
  };

  const tellIfDone = () => {
    if (entries.size > 0) return;
    for (const tell of whenDone) tell();
    whenDone = [];
  };

  clock.onMove(() => entries.forEach(arm));
  return {
    at(due, action) {
      const entry: Entry = { due, action, timer: undefined };
      entries.add(entry);
      arm(entry);
    },
    done: () =>
      new Promise((resolve) => {
        whenDone.push(resolve);
        tellIfDone();
      }),
    clear() {
      for (const { timer } of entries) clearTimeout(timer);
      entries.clear();
      tellIfDone();
    },
  };
}
