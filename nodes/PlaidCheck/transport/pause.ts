import { sleep } from 'n8n-workflow';

/**
 * Waits so many ms, or until the signal is aborted; the caller looks which. n8n offers no timers of
 * JavaScript to nodes, only `sleep`, and older versions of that know no signal.
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (!signal) return await sleep(ms);
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    // n8n's own sleep rejects when it is aborted.
    sleep(ms, signal).then(done, done);
  });
}
