/**
 * Puts timers, `Date.now` and `performance.now` of this process on a clock of its own, so that an hour of waiting takes a second. What takes CPU
 * time takes no time on it, and the event loop counts as idle.
 */
export interface VirtualClock {
  now(): number;
  /** Runs a function until it has ended; whenever all of it waits, the clock goes on to the next timer. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

interface Timer {
  at: number;
  /** The order in which timers of the same time were set */
  order: number;
  call?: () => void;
}

const REAL = { setTimeout, clearTimeout, setImmediate };

export function startVirtualClock(): VirtualClock {
  let time = Date.now();
  let order = 0;
  /** A binary heap: the next timer comes first. */
  const timers: Timer[] = [];
  const isBefore = (one: Timer | undefined, other: Timer | undefined) =>
    one !== undefined &&
    other !== undefined &&
    (one.at < other.at || (one.at === other.at && one.order < other.order));

  function swap(one: number, other: number) {
    [timers[one], timers[other]] = [timers[other] as Timer, timers[one] as Timer];
  }

  function add(timer: Timer) {
    let at = timers.push(timer) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(timers[at], timers[parent]);) {
      swap(at, parent);
      at = parent;
      parent = (at - 1) >> 1;
    }
  }

  function takeNext(): Timer | undefined {
    const next = timers[0];
    const last = timers.pop();
    if (!next || !last || timers.length === 0) return next;
    timers[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const least = isBefore(timers[left + 1], timers[left]) ? left + 1 : left;
      if (!isBefore(timers[least], timers[at])) return next;
      swap(at, least);
      at = least;
    }
  }

  class VirtualTimeout {
    constructor(private readonly timer: Timer) {}
    ref = () => this;
    unref = () => this;
    hasRef = () => true;
    clear = () => {
      this.timer.call = undefined;
    };
  }

  const setVirtual = (call: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const timer = { at: time + Math.max(0, ms), order: order++, call: () => call(...args) };
    add(timer);
    return new VirtualTimeout(timer);
  };
  const clearVirtual = (timeout: unknown) => {
    if (timeout instanceof VirtualTimeout) timeout.clear();
    else REAL.clearTimeout(timeout as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  Date.now = () => Math.floor(time);
  performance.now = () => time;
  performance.eventLoopUtilization = () => ({ idle: 0, active: 0, utilization: 0 });

  return {
    now: () => time,
    async run(work) {
      let hasEnded = false;
      const end = () => {
        hasEnded = true;
      };
      const working = work();
      working.then(end, end);
      for (;;) {
        // Everything that needs no timer goes first.
        await new Promise((resolve) => REAL.setImmediate(resolve));
        if (hasEnded) return await working;
        const next = takeNext();
        if (!next?.call) continue;
        time = Math.max(time, next.at);
        next.call();
      }
    },
  };
}
