import { fixedConcurrency } from '../../nodes/PlaidCheck/client/concurrency';
import { createThrottle } from '../../nodes/PlaidCheck/client/throttle';
import type { Job } from '../job';

/**
 * Sends a request for each user, with the job's concurrency and at this node's pace, so that the comparison is about the
 * client and not the schedule. No retries; a failed request gives its error.
 */
export async function sendConcurrently(
  { users, concurrency }: Job,
  ask: (userId: string) => Promise<unknown>,
): Promise<unknown[]> {
  const pace = createThrottle({
    concurrency: fixedConcurrency(concurrency),
    perSecond: Infinity,
  });
  const answers: unknown[] = [];
  const left = users.entries();
  const worker = async () => {
    for (const [item, user] of left) {
      await pace.acquire();
      const sentAt = Date.now();
      answers[item] = await ask(user).catch((error: unknown) => ({ error: String(error) }));
      pace.release({ sentAt, tookMs: Date.now() - sentAt, result: 'answered' });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}
