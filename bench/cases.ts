import type { ContenderName } from './contenderNames';

/** One job for all contenders, and how the local server behaves. */
export interface Case {
  name: string;
  /** What is measured, in a few words for the table */
  measures: string;
  items: number;
  /** Concurrent requests, for the contenders that have a limit */
  concurrency: number;
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
  concurrency: 10,
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

export const CASES: readonly Case[] = [CPU, LATENCY, LIMIT, MEMORY];
