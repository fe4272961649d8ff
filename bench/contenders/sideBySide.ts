import type { Job } from '.';

/** Asks for each user, as many at once as the job says, without any retry; an error in place of an answer that fails. */
export async function sideBySide(
  { users, concurrency }: Job,
  ask: (userId: string) => Promise<unknown>,
): Promise<unknown[]> {
  const answers: unknown[] = [];
  const left = users.entries();
  const worker = async () => {
    for (const [item, user] of left) {
      answers[item] = await ask(user).catch((error: unknown) => ({ error: String(error) }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}
