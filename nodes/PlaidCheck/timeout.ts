export const DEFAULT_TIMEOUT_SECONDS = 120;

export const MAX_TIMEOUT_SECONDS = 3600;

/**
 * The option Timeout in seconds; the default where it is not given.
 * @throws Error when it holds anything but a number of seconds above 0 and up to an hour
 */
export function timeoutSeconds(option: unknown): number {
  const given = option ?? '';
  if (String(given).trim() === '') return DEFAULT_TIMEOUT_SECONDS;
  const seconds = typeof given === 'string' ? Number(given) : given;
  if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  throw new Error(
    `Option Timeout: expected a number of seconds above 0 and up to ${MAX_TIMEOUT_SECONDS}, got ${JSON.stringify(option)}`,
  );
}
