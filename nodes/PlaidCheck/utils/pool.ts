/**
 * Does all work that a source gives, so much of it at once; more is taken from the source only when there
 * is room for it. Takes no more once it is stopped, and ends when all that was begun has ended.
 * @param stop aborted by a piece of work that says so, or that throws
 * @param work does one piece; false to stop
 * @throws what a piece of work throws
 */
export async function runPool<Work>(
  source: AsyncIterator<Work>,
  atOnce: number,
  stop: AbortController,
  work: (piece: Work) => Promise<boolean>,
): Promise<void> {
  const worker = async () => {
    while (!stop.signal.aborted) {
      const { done, value } = await source.next();
      if (done || stop.signal.aborted) return;
      let isDone = false;
      try {
        isDone = await work(value);
      } finally {
        // Also where it throws: what the others have begun is still seen to its end.
        if (!isDone) stop.abort();
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
