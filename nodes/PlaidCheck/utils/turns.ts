import { onAbort } from './abort';

/** The last one of each key that is in its turn or waits for it. */
const last = new Map<string, Promise<void>>();

/** Whether somebody in this process is in the turn of that key. */
export const isTurnTaken = (key: string): boolean => last.has(key);

/**
 * Resolves once nobody else in this process is in the turn of that key any more, or the signal is aborted.
 * @returns ends the turn; may be called more than once
 */
export async function takeTurn(key: string, signal: AbortSignal): Promise<() => void> {
  const before = last.get(key);
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const own = Promise.all([before, ended]).then(() => {
    if (last.get(key) === own) last.delete(key);
  });
  last.set(key, own);
  if (before && !signal.aborted) await earlierOf(before, signal);
  return end;
}

async function earlierOf(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const stopListening = onAbort(signal, resolve);
    void promise.then(() => {
      stopListening();
      resolve();
    });
  });
}
