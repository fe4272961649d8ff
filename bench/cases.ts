import type { ContenderName } from './contenderNames';

/** One job for all contenders, and how the local server behaves. */
export interface Case {
  name: string;
  /** What is measured, in a few words for the table */
  measures: string;
  items: number;
  /** Executions of the workflow that run at the same time and share the items; 1 by default */
  runs: number;
  /** Concurrent requests, for the contenders that have a limit */
  concurrency: number;
  /** Whether n8n's nodes run with the options that they have when they are added */
  byDefault: boolean;
  /** Latency of the server in ms */
  latencyMs: number;
  /** The server's rate limit in requests per second; 0 is no limit */
  limitPerSecond: number;
  /** Length of an answer as JSON text, in bytes */
  answerBytes: number;
  /** How often each contender is measured */
  repeats: number;
  contenders: readonly ContenderName[];
}

const COMMON = {
  runs: 1,
  concurrency: 10,
  byDefault: true,
  latencyMs: 0,
  limitPerSecond: 0,
  answerBytes: 2_000,
  repeats: 5,
  contenders: ['plaidCheck', 'httpRequest', 'sdk'],
} as const;

/** Requests that the server's token bucket holds when it is full. */
export const BURST = 10;

export const CPU: Case = {
  ...COMMON,
  name: 'a',
  measures: 'CPU time of 2,000 items, no latency',
  items: 2_000,
};

export const LATENCY: Case = {
  ...COMMON,
  name: 'b',
  measures: 'time of 500 items at 50 ms latency, 10 at once',
  byDefault: false,
  items: 500,
  latencyMs: 50,
  // With what there is to gain at most.
  contenders: [...COMMON.contenders, 'requestHelper', 'nodeHttp'],
};

export const LIMIT: Case = {
  ...COMMON,
  name: 'c',
  measures: 'time of 500 items against 100 requests/s',
  items: 500,
  limitPerSecond: 100,
};

export const MEMORY: Case = {
  ...COMMON,
  name: 'd',
  measures: 'memory of 10,000 items of 20 KB',
  items: 10_000,
  answerBytes: 20_000,
  repeats: 3,
};

/** In a real n8n, which reads the credential from its database. */
export const REAL_N8N: Case = {
  ...CPU,
  name: 'items',
  measures: "2,000 items by n8n's command line",
  repeats: 3,
  contenders: ['plaidCheck', 'httpRequest'],
};

const NIGHTLY: Case = {
  ...COMMON,
  name: 'e',
  measures: 'time of 1,000 reads of 500 ms, no limit',
  items: 1_000,
  latencyMs: 500,
  repeats: 3,
  contenders: ['plaidCheck', 'httpRequest'],
};

/** A night's reads, against limits that nobody told the contenders of. */
export const NIGHT = NIGHTLY;
export const NIGHT_AT_200: Case = {
  ...NIGHTLY,
  name: 'e200',
  measures: 'the same against 200 requests/s',
  limitPerSecond: 200,
};
export const NIGHT_AT_20: Case = {
  ...NIGHTLY,
  name: 'e20',
  measures: 'the same against 20 requests/s',
  limitPerSecond: 20,
  repeats: 1,
};

const SMALL_RUNS: Case = {
  ...NIGHTLY,
  name: 'f',
  measures: 'time of 200 runs of 10 items at once against 100 requests/s',
  runs: 200,
  items: 2_000,
  latencyMs: 50,
  limitPerSecond: 100,
};

/** Runs that each are too small to find the limit by themselves. */
export const SMALL_RUNS_AT_100 = SMALL_RUNS;
export const SMALL_RUNS_AT_20: Case = {
  ...SMALL_RUNS,
  name: 'f20',
  measures: 'time of 60 runs of 10 items at once against 20 requests/s',
  runs: 60,
  items: 600,
  limitPerSecond: 20,
};
