import { onAbort } from './abort';
import { createAlarm } from './alarm';

/**
 * Those that wait for a turn, in the order in which they came. Those that can wait let the others go first, but for a
 * few turns, so that they get on too.
 */
export interface Line {
  /** Resolves with true when the turn has come, and with false once the signal is aborted. */
  wait(signal?: AbortSignal, canWait?: boolean): Promise<boolean>;
  /** Starts the waiters whose turn has come; to be called when turns may have come sooner. */
  pump(): void;
}

/** Of so many turns, one goes to those that can wait. */
const TURNS_FOR_ONE = 20;

/**
 * @param msToTurn how long the next one has to wait yet: 0 or less for not at all, Infinity until `pump` is called
 * @param onTurn called for each one that goes
 */
export function createLine(msToTurn: () => number, onTurn: () => void): Line {
  const first = new Set<() => void>();
  const last = new Set<() => void>();
  /** Turns of others since the last one of those that can wait */
  let passed = 0;
  const alarm = createAlarm(pump);

  function pump() {
    while (first.size + last.size > 0) {
      const ms = msToTurn();
      if (ms > 0) {
        if (!alarm.isSet && ms !== Infinity) alarm.set(ms);
        return;
      }
      const isFirst = first.size > 0 && (last.size === 0 || passed < TURNS_FOR_ONE - 1);
      const waiting = isFirst ? first : last;
      const [go] = waiting;
      if (!go) return;
      waiting.delete(go);
      passed = isFirst ? passed + 1 : 0;
      onTurn();
      go();
    }
    alarm.stop();
  }

  return {
    pump,
    wait: async (signal, canWait = false) => {
      if (signal?.aborted) return false;
      const waiting = canWait ? last : first;
      return await new Promise<boolean>((resolve) => {
        const go = () => {
          stopListening?.();
          resolve(true);
        };
        const giveUp = () => {
          waiting.delete(go);
          resolve(false);
          pump();
        };
        waiting.add(go);
        const stopListening = signal && onAbort(signal, giveUp);
        pump();
      });
    },
  };
}
