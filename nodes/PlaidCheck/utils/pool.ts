/**
 * Runs the tasks of a source with limited concurrency, and pulls a task only when a slot is free. Starts no tasks after
 * `stop` is aborted, and resolves when all running tasks have finished.
 * @param stop aborted when a task returns false or throws
 * @param run runs one task; returns false to stop
 * @throws the error of a task
 */
export async function runPool<Task>(
  source: AsyncIterator<Task>,
  concurrency: number,
  stop: AbortController,
  run: (task: Task) => Promise<boolean>,
): Promise<void> {
  const worker = async () => {
    while (!stop.signal.aborted) {
      const { done, value } = await source.next();
      if (done || stop.signal.aborted) return;
      let shouldContinue = false;
      try {
        shouldContinue = await run(value);
      } finally {
        // Also after a throw: the other workers finish their current task.
        if (!shouldContinue) stop.abort();
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
