export const DEFAULT_TIMEOUT_SECONDS = 120;

export const DEFAULT_CONNECT_TIMEOUT_SECONDS = 10;

export const MAX_TIMEOUT_SECONDS = 3600;

/** The option Timeout in seconds; the default where it is not given. @throws Error as `secondsOf` */
export const timeoutSeconds = (option: unknown): number =>
  secondsOf('Timeout', option, DEFAULT_TIMEOUT_SECONDS);

/** The option Connect Timeout in seconds; the default where it is not given. @throws Error as `secondsOf` */
export const connectTimeoutSeconds = (option: unknown): number =>
  secondsOf('Connect Timeout', option, DEFAULT_CONNECT_TIMEOUT_SECONDS);

/** @throws Error when it holds anything but a number of seconds above 0 and up to an hour */
function secondsOf(name: string, option: unknown, fallback: number): number {
  const given = option ?? '';
  if (String(given).trim() === '') return fallback;
  const seconds = typeof given === 'string' ? Number(given) : given;
  if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  throw new Error(
    `Option ${name}: expected a number of seconds above 0 and up to ${MAX_TIMEOUT_SECONDS}, got ${JSON.stringify(option)}`,
  );
}
