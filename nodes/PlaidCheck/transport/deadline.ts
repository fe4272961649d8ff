import { onAbort } from './onAbort';
import { pause } from './pause';

/** A signal that is aborted when the time is up, or when another signal is. */
export interface Deadline {
  signal: AbortSignal;
  /** Stops the clock, so that nothing is left behind */
  end(): void;
}

/** @param ms until the time is up */
export function startDeadline(ms: number, cancel?: AbortSignal): Deadline {
  const up = new AbortController();
  const ended = new AbortController();
  const abort = () => up.abort();
  void pause(ms, ended.signal).then(() => {
    if (!ended.signal.aborted) abort();
  });
  const stopListening = cancel && onAbort(cancel, abort);
  if (cancel?.aborted) abort();
  return {
    signal: up.signal,
    end() {
      ended.abort();
      stopListening?.();
    },
  };
}
