import { createThrottle } from '../../nodes/PlaidCheck/client/throttle';
import type { Job } from '../job';

/**
 * Asks for each user, as many at once as the job says and in this node's pace, so that what is compared is what sends
 * and not when. Without any retry; an error in place of an answer that fails.
 */
export async function sideBySide(
  { users, concurrency }: Job,
  ask: (userId: string) => Promise<unknown>,
): Promise<unknown[]> {
  const pace = createThrottle({ concurrency, perSecond: Infinity });
  const answers: unknown[] = [];
  const left = users.entries();
  const worker = async () => {
    for (const [item, user] of left) {
      await pace.acquire();
      const start = Date.now();
      answers[item] = await ask(user).catch((error: unknown) => ({ error: String(error) }));
      pace.release(Date.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}
