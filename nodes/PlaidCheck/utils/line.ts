import { abortableSleep, onAbort } from './abort';

/** Those that wait for a turn, in the order in which they came. */
export interface Line {
  /** Resolves with true when the turn has come, and with false once the signal is aborted. */
  wait(signal?: AbortSignal): Promise<boolean>;
  /** Lets go whoever may go now; to be called when turns may have come sooner. */
  pump(): void;
}

/**
 * @param msToTurn how long the next one has to wait yet: 0 or less for not at all, Infinity until `pump` is called
 * @param onTurn called for each one that goes
 */
export function createLine(msToTurn: () => number, onTurn: () => void): Line {
  const waiting = new Set<() => void>();
  let alarm: AbortController | undefined;

  function pump() {
    for (const go of waiting) {
      const ms = msToTurn();
      if (ms > 0) {
        wakeIn(ms);
        return;
      }
      waiting.delete(go);
      onTurn();
      go();
    }
    alarm?.abort();
  }

  function wakeIn(ms: number) {
    if (alarm || ms === Infinity) return;
    const own = (alarm = new AbortController());
    void abortableSleep(ms, own.signal).then(() => {
      if (alarm === own) alarm = undefined;
      pump();
    });
  }

  return {
    pump,
    wait: async (signal) => {
      if (signal?.aborted) return false;
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
