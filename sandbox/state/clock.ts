/** The sandbox's own time, in ms since the epoch; tests move it instead of waiting. */
export interface Clock {
  now(): number;
  /** Moves the clock forward (or back, when negative). */
  advance(ms: number): void;
  /** Sets the clock; it goes on running from there. */
  set(ms: number): void;
  /** Calls `listener` after each move. */
  onMove(listener: () => void): void;
}

/** A clock that starts at the real time and runs at its pace. */
export function createClock(): Clock {
  let offset = 0;
  const listeners: (() => void)[] = [];
  const moveTo = (newOffset: number) => {
    offset = newOffset;
    for (const listener of listeners) listener();
  };
  return {
    now: () => Date.now() + offset,
    advance: (ms) => moveTo(offset + ms),
    set: (ms) => moveTo(ms - Date.now()),
    onMove: (listener) => void listeners.push(listener),
  };
}
