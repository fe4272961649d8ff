import Table from 'cli-table3';

import { end, start, told } from '../child';
import { LATENCY_MS, NIGHTS, READINESS, type Night } from './cases';
import type { MeasuredNight } from './runNight';

/**
 * `npm run bench -- night`: nights of reports that are created, waited for and read, by the compiled node on a virtual clock.
 * With the same figures on every machine, as no CPU time counts.
 */

const WANTED = { total: 1.1, delaySeconds: 5, polls: 8 };

/** @returns a table of all nights */
export async function nights(): Promise<string> {
  const table = new Table({
    head: [
      'reports',
      'ready after',
      'at once',
      'total',
      'of the least',
      'delay p50, p95',
      'polls',
      'heap',
      'read',
    ],
    style: { head: [], border: [] },
  });
  for (const night of NIGHTS) {
    const measured = await measure(night);
    table.push(row(night, measured));
    console.error(`night: ${row(night, measured).join(', ')}`);
  }
  const { total, delaySeconds, polls } = WANTED;
  return `${table.toString()}
Wanted: a total of at most ${total} of the least (creations one after the other at that concurrency, then the longest wait), p95 at most
${delaySeconds} s, polls at most ${polls}; docs/benchmarks.md has why no node can hold all of that where reports are ready at any time`;
}

async function measure(night: Night): Promise<MeasuredNight> {
  const child = start('night/runNight.ts', JSON.stringify(night));
  try {
    return await told<MeasuredNight>(child);
  } finally {
    await end(child);
  }
}

function row(night: Night, { seen, succeeded, totalMs, heapBytes }: MeasuredNight): string[] {
  const { items, readiness, onError, concurrency, most, isSecond } = night;
  const leastMs = (items * LATENCY_MS) / most + seen.longestReadiness;
  const delays = [...seen.delays].sort((one, other) => one - other);
  const delayAt = (share: number) => seconds(delays[Math.floor(share * delays.length)] ?? NaN);
  const polls = seen.polls.reduce((sum, one) => sum + one, 0) / seen.polls.length;
  const setting = onError === 'stopWorkflow' ? ', stops at an error' : '';
  return [
    items.toLocaleString('en-US'),
    READINESS[readiness] + (isSecond ? ', learned' : ''),
    (concurrency ? String(concurrency) : `up to ${most}`) + setting,
    seconds(totalMs),
    (totalMs / leastMs).toFixed(2),
    `${delayAt(0.5)}, ${delayAt(0.95)}`,
    polls.toFixed(1),
    `${(heapBytes / 1e6).toFixed(0)} MB`,
    `${succeeded}`,
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 60_000 ? 1 : 0)} s`;
