/**
 * Does all work that a source gives, so much of it at once; more is taken from the source only when there
 * is room for it. Stops taking more once a piece of work says so, and ends when all that was begun has ended.
 * @param work does one piece; false to stop
 * @throws what a piece of work throws
 */
export async function workThrough<Work>(
  source: AsyncIterator<Work>,
  atOnce: number,
  work: (piece: Work) => Promise<boolean>,
): Promise<void> {
  let goesOn = true;
  const worker = async () => {
    while (goesOn) {
      const { done, value } = await source.next();
      if (done || !goesOn) return;
      let isDone = false;
      try {
        isDone = await work(value);
      } finally {
        // Also where it throws: what the others have begun is still seen to its end.
        goesOn &&= isDone;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
