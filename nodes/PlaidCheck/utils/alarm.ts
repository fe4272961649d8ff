import { sleep } from 'n8n-workflow';

/** A timer, one at a time. n8n allows nodes no JavaScript timers, only `sleep`. */
export interface Alarm {
  readonly isSet: boolean;
  /** Sets it, in place of one that is set. */
  set(ms: number): void;
  stop(): void;
}

/** Why a timer stops. Made once: an abort without a reason makes an error, with its stack. */
const STOPPED = new Error('The timer was stopped');

export function createAlarm(onTime: () => void): Alarm {
  let current: AbortController | undefined;
  const stop = () => {
    const stopped = current;
    current = undefined;
    stopped?.abort(STOPPED);
  };
  return {
    get isSet() {
      return current !== undefined;
    },
    set(ms) {
      stop();
      const own = (current = new AbortController());
      const goOff = () => {
        if (current !== own) return;
        current = undefined;
        onTime();
      };
      // n8n's sleep rejects when it is aborted; older versions know no signal and sleep on.
      sleep(ms, own.signal).then(goOff, () => undefined);
    },
    stop,
  };
}
