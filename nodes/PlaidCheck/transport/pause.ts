import { sleep } from 'n8n-workflow';

import { onAbort } from './onAbort';

/**
 * Waits so many ms, or until the signal is aborted; the caller looks which. n8n offers no timers of
 * JavaScript to nodes, only `sleep`, and older versions of that know no signal.
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (!signal) return await sleep(ms);
  if (signal.aborted) return;
  const own = new AbortController();
  await new Promise<void>((resolve) => {
    const stopListening = onAbort(signal, () => own.abort());
    const done = () => {
      stopListening();
      resolve();
    };
    own.signal.addEventListener('abort', done, { once: true });
    // n8n's own sleep rejects when it is aborted.
    sleep(ms, own.signal).then(done, done);
  });
}
