const WITHIN_MS = 30_000;
const EVERY_MS = 100;

/** Polls until the check passes. Throws what it threw last after 30 s, or another time. */
export async function until(
  check: () => void | Promise<void>,
  withinMs = WITHIN_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
