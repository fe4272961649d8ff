import { sleep } from 'n8n-workflow';

import { onAbort } from './onAbort';

/** A signal that is aborted when the time is up, or when another signal is. */
export interface Deadline {
  signal: AbortSignal;
  /** Stops the clock, so that nothing is left behind */
  end(): void;
}

/** Why a clock stops. Made once: an abort without a reason makes an error, with its stack, at every request. */
const ENDED = new Error('The request has ended');

/** @param ms until the time is up */
export function startDeadline(ms: number, cancel?: AbortSignal): Deadline {
  const up = new AbortController();
  const ended = new AbortController();
  const abort = () => up.abort();
  const onTime = () => {
    if (!ended.signal.aborted) abort();
  };
  // n8n's sleep rejects when it is aborted; older versions know no signal and sleep on.
  sleep(ms, ended.signal).then(onTime, () => undefined);
  const stopListening = cancel && onAbort(cancel, abort);
  if (cancel?.aborted) abort();
  return {
    signal: up.signal,
    end() {
      ended.abort(ENDED);
      stopListening?.();
    },
  };
}
