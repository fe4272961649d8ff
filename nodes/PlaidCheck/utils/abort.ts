import { sleep } from 'n8n-workflow';

/** Listeners per signal; signals without listeners are not included. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Adds an abort listener. Unlike `addEventListener`, it supports any number: with more than ten, Node.js logs a warning
 * about a memory leak.
 * @returns a function that removes the listener
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const existing = listeners.get(signal);
  const all = existing ?? new Set();
  all.add(listener);
  if (!existing) {
    listeners.set(signal, all);
    signal.addEventListener('abort', notify, { once: true });
  }
  return () => {
    all.delete(listener);
    if (all.size > 0 || listeners.get(signal) !== all) return;
    listeners.delete(signal);
    signal.removeEventListener('abort', notify);
  };
}

function notify({ target }: Event): void {
  const signal = target as AbortSignal;
  const all = listeners.get(signal) ?? [];
  listeners.delete(signal);
  for (const listener of all) listener();
}

/**
 * Resolves after `ms` or when the signal is aborted. n8n allows nodes no JavaScript timers, only `sleep`, which ignores
 * the signal in older versions.
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
    // n8n's sleep rejects on abort.
    sleep(ms, own.signal).then(done, done);
  });
}
