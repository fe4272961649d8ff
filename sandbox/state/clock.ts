/** The sandbox's own time, in ms since the epoch; tests move it instead of waiting. */
export interface Clock {
  now(): number;
  /** Moves the clock forward (or back, when negative). */
  advance(ms: number): void;
  /** Sets the clock; it goes on running from there. */
  set(ms: number): void;
}

/** A clock that starts at the real time and runs at its pace. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => void (offset += ms),
    set: (ms) => void (offset = ms - Date.now()),
  };
}
