import Table from 'cli-table3';

import { end, start, told } from '../child';
import { median } from '../figures';
import { loadLine, machine } from '../machine';
import { saveResults } from '../results';
import type { MeasuredCheck } from './runCheck';
import { WAYS, type WayName } from './ways';

/**
 * `npm run bench -- check`: what reading and checking items costs before the first request, by fields and as JSON, and what whole runs
 * cost by fields and with n8n's HTTP Request node, which sends as it reads. Each has three expressions an item.
 */

interface Measure {
  name: string;
  items: number;
  /** Whether the run ends at its first request */
  stops: boolean;
  ways: readonly WayName[];
}

const MEASURES: readonly Measure[] = [
  { name: 'before the first request', items: 10_000, stops: true, ways: ['fields', 'json'] },
  // More connections at once than this may be more than the system allows the HTTP Request node.
  { name: 'the whole run', items: 2_000, stops: false, ways: ['fields', 'json', 'httpRequest'] },
];

const REPEATS = 3;

const WANTED = { firstMs: 0.15, delayMs: 20, ofHttpRequest: 1 };

/** @returns a table of all ways */
export async function checks(): Promise<string> {
  const before = machine();
  const table = new Table({
    head: ['', 'way', 'CPU time an item (least to most)', 'event loop p99, most', 'items done'],
    style: { head: [], border: [] },
  });
  const results = [];
  for (const measure of MEASURES) {
    const runs = await runsOf(measure);
    results.push({ ...measure, runs });
    for (const [way, own] of runs) table.push(row(measure, way, own));
  }
  const conditions = { ...before, loadAfter: machine().load };
  saveResults('check', { ...conditions, results });
  const { firstMs, delayMs, ofHttpRequest } = WANTED;
  return `${table.toString()}
Wanted: by fields at most ${firstMs} ms an item and ${delayMs} ms p99 before the first request; the whole run at most ${ofHttpRequest.toFixed(1)} of HTTP Request
${loadLine(conditions)}`;
}

/** In turns, so that other load on the machine affects all of them alike. */
async function runsOf(measure: Measure): Promise<Map<WayName, MeasuredCheck[]>> {
  const runs = new Map<WayName, MeasuredCheck[]>(measure.ways.map((way) => [way, []]));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const way of measure.ways) runs.get(way)?.push(await runOf(measure, way));
  }
  return runs;
}

async function runOf({ items, stops }: Measure, way: WayName): Promise<MeasuredCheck> {
  const server = start(
    'server.ts',
    JSON.stringify({ latencyMs: 0, limitPerSecond: 0, answerBytes: 500 }),
  );
  try {
    const { url } = await told<{ url: string }>(server);
    const child = start('check/runCheck.ts', way, String(items), String(stops), url);
    return await told<MeasuredCheck>(child).finally(() => end(child));
  } finally {
    await end(server);
  }
}

function row(
  { name, items, stops }: Measure,
  way: WayName,
  runs: readonly MeasuredCheck[],
): string[] {
  const values = runs.map(({ firstCpuMs, cpuMs }) => (stops ? firstCpuMs : cpuMs) / items);
  const figure = (value: number) => `${value.toFixed(3)} ms`;
  const delays = [runs.map((run) => run.delayP99Ms), runs.map((run) => run.delayMostMs)].map(
    (some) => `${median(some).toFixed(0)} ms`,
  );
  return [
    `${name}, ${items.toLocaleString('en-US')} items`,
    WAYS[way].name,
    `${figure(median(values))} (${figure(Math.min(...values))} to ${figure(Math.max(...values))})`,
    stops ? delays.join(', ') : '',
    stops ? '' : String(Math.min(...runs.map(({ succeeded }) => succeeded))),
  ];
}
