import { sleep } from 'n8n-workflow';

/** What is to be told of each signal; a signal that nobody waits for is not in here. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Tells a listener when a signal is aborted. Any number may listen, where Node.js takes more than ten
 * listeners of a signal itself for a leak and says so in n8n's log.
 * @returns stops listening
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const known = listeners.get(signal);
  const all = known ?? new Set();
  all.add(listener);
  if (!known) {
    listeners.set(signal, all);
    signal.addEventListener('abort', tell, { once: true });
  }
  return () => {
    all.delete(listener);
    if (all.size > 0 || listeners.get(signal) !== all) return;
    listeners.delete(signal);
    signal.removeEventListener('abort', tell);
  };
}

function tell({ target }: Event): void {
  const signal = target as AbortSignal;
  const all = listeners.get(signal) ?? [];
  listeners.delete(signal);
  for (const listener of all) listener();
}

/**
 * Waits so many ms, or until the signal is aborted; the caller looks which. n8n offers no timers of
 * JavaScript to nodes, only `sleep`, and older versions of that know no signal.
 */
export async function abortableSleep(ms: number, signal?: AbortSignal): Promise<void> {
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
