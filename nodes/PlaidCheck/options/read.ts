import type { IDataObject } from 'n8n-workflow';

import type { ThrottleLimits } from '../client/throttle';
import type { RetryPolicy } from '../client/retry';

/** What the options start from when they are added, in the units of the editor. */
export const DEFAULTS = {
  maxAttempts: 3,
  intervalSeconds: 1,
  backoffRate: 2,
  maxIntervalSeconds: 30,
  concurrency: 10,
  maxWaitSeconds: 300,
  responseSizeLimit: 50,
} as const;

/** A week, in seconds: reports take minutes, and what nobody reads within 24 hours expires. */
export const MAX_WAIT_SECONDS = 7 * 24 * 60 * 60;

/** The ways to wait for a report, as a workflow saves them. */
export const WAIT_WAYS = { ask: 'ask', pause: 'pause' } as const;

/** Longer than this nobody waits, and timers of JavaScript have an end too. */
const LONGEST_INTERVAL_SECONDS = 3600;

/** The option Retry. @throws Error that names the setting and what it must be */
export function retryPolicy({ retry }: IDataObject): RetryPolicy {
  const given = membersOf(retry);
  const number = (name: string, label: string, fallback: number, least: number) =>
    numberOf(`Retry > ${label}`, given[name], fallback, least);
  const maxAttempts = number('maxAttempts', 'Max Attempts', DEFAULTS.maxAttempts, 1);
  return {
    maxAttempts: Math.floor(maxAttempts),
    intervalMs: number('interval', 'Interval (Seconds)', DEFAULTS.intervalSeconds, 0) * 1000,
    backoffRate: number('backoffRate', 'Backoff Rate', DEFAULTS.backoffRate, 1),
    maxIntervalMs:
      Math.min(
        LONGEST_INTERVAL_SECONDS,
        number('maxInterval', 'Max Interval (Seconds)', DEFAULTS.maxIntervalSeconds, 0),
      ) * 1000,
    retryUncertain: given.retryUncertain === true,
  };
}

/** The option Batching; without a limit for a second unless one is given. @throws Error as `retryPolicy` */
export function paceLimits({ batching }: IDataObject): ThrottleLimits {
  const given = membersOf(batching);
  const perSecond = numberOf('Batching > Requests Per Second', given.perSecond, 0, 0);
  return {
    concurrency: Math.floor(
      numberOf('Batching > Requests at Once', given.concurrency, DEFAULTS.concurrency, 1),
    ),
    perSecond: perSecond === 0 ? Infinity : perSecond,
  };
}

/** The option Wait Until Ready as ms, or undefined where it is not set. @throws Error as `retryPolicy` */
export function maxWaitMs({ waitUntilReady }: IDataObject): number | undefined {
  if (waitUntilReady === undefined || waitUntilReady === null) return undefined;
  const { maxWait } = membersOf(waitUntilReady);
  return (
    numberOf(
      'Wait Until Ready > Max Wait (Seconds)',
      maxWait,
      DEFAULTS.maxWaitSeconds,
      1,
      MAX_WAIT_SECONDS,
    ) * 1000
  );
}

/** Whether the execution pauses meanwhile, instead of asking Plaid again and again. */
export const pausesForWebhook = ({ waitUntilReady }: IDataObject): boolean =>
  membersOf(waitUntilReady).how === WAIT_WAYS.pause;

/** The option Response Size Limit in MB. @throws Error as `retryPolicy` */
export const responseSizeLimit = ({ responseSizeLimit: given }: IDataObject): number =>
  numberOf('Response Size Limit (MB)', given, DEFAULTS.responseSizeLimit, 0.001);

/** What is inside of an option that is a group; n8n holds it under the group's one kind of entry. */
function membersOf(option: unknown): IDataObject {
  const { values } = (option ?? {}) as { values?: unknown };
  return (values ?? {}) as IDataObject;
}

/** @param label the option's way in the form, as the error names it */
function numberOf(
  label: string,
  value: unknown,
  fallback: number,
  least: number,
  most = Infinity,
): number {
  if (value === undefined || value === null || String(value).trim() === '') return fallback;
  const number = Number(value);
  if (Number.isFinite(number) && number >= least && number <= most) return number;
  const range =
    most === Infinity ? `a number of ${least} or more` : `a number from ${least} to ${most}`;
  throw new Error(`Option ${label}: expected ${range}, got ${JSON.stringify(value)}`);
}
