import type { INode } from 'n8n-workflow';

/** How long reports take, in s after their creation. */
export type Readiness = 'uniform' | 'lognormal' | 'twoClusters';

export const READINESS: Readonly<Record<Readiness, string>> = {
  uniform: '20 to 300 s, all alike',
  lognormal: '40 s +- 10 s (lognormal)',
  twoClusters: '70 % 30 s +- 5 s, 30 % 200 s +- 15 s',
};

/** A night: so many reports are created, waited for and read. */
export interface Night {
  items: number;
  readiness: Readiness;
  /** The node's setting On Error, which decides how many requests it dares to have in flight */
  onError: NonNullable<INode['onError']>;
  /** Concurrent requests; absent for as many as the node finds by itself */
  concurrency?: number;
  /** The most that it finds */
  most: number;
  /** Whether the process has seen a night of 2,000 such reports before */
  isSecond?: boolean;
}

const AUTOMATIC = { onError: 'continueRegularOutput', most: 200 } as const;
const TEN = { ...AUTOMATIC, concurrency: 10, most: 10 } as const;
const STOPS = { onError: 'stopWorkflow', most: 10 } as const;

export const LATENCY_MS = 300;

export const NIGHTS: readonly Night[] = [
  { items: 2_000, readiness: 'uniform', ...AUTOMATIC },
  { items: 10_000, readiness: 'uniform', ...AUTOMATIC },
  { items: 2_000, readiness: 'uniform', ...TEN },
  { items: 10_000, readiness: 'uniform', ...TEN },
  { items: 2_000, readiness: 'uniform', ...STOPS },
  { items: 2_000, readiness: 'uniform', ...AUTOMATIC, isSecond: true },
  { items: 2_000, readiness: 'lognormal', ...AUTOMATIC },
  { items: 2_000, readiness: 'lognormal', ...AUTOMATIC, isSecond: true },
  { items: 2_000, readiness: 'twoClusters', ...AUTOMATIC },
  { items: 2_000, readiness: 'twoClusters', ...AUTOMATIC, isSecond: true },
];
