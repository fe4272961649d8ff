import { cpus, loadavg, totalmem } from 'node:os';

/** What a measurement ran on. */
export interface Machine {
  date: string;
  node: string;
  cpu: string;
  memory: string;
  /** Load averages over 1, 5 and 15 minutes */
  load: number[];
}

export const machine = (): Machine => ({
  date: new Date().toISOString(),
  node: process.version,
  cpu: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
  load: loadavg().map((one) => Number(one.toFixed(2))),
});

/** Load average per core above which wall times include waiting for the CPU. */
const BUSY = 1;

const BUSY_NOTE = 'The machine was busy with other work: times include waiting for the CPU';

/** The conditions of a measurement, as the end of a report. */
export function loadLine({
  date,
  node,
  cpu,
  memory,
  load,
  loadAfter,
}: Machine & { loadAfter: readonly number[] }): string {
  const lines = [
    `${date}, Node.js ${node}, ${cpu}, ${memory}`,
    `Load average ${load.join(' ')} before, ${loadAfter.join(' ')} after`,
  ];
  if (Math.max(...load, ...loadAfter) > BUSY * cpus().length) lines.push(BUSY_NOTE);
  return lines.join('\n');
}
