import {
  BURST,
  CPU,
  LATENCY,
  LIMIT,
  MEMORY,
  NIGHT,
  NIGHT_AT_20,
  NIGHT_AT_200,
  SMALL_RUNS_AT_100,
  SMALL_RUNS_AT_20,
  type Case,
} from './cases';
import type { ContenderName } from './contenderNames';
import type { Run, Runs } from './measure';

/** The result of a case for one contender. */
export interface Figure {
  contender: ContenderName;
  /** Median over the runs, of what the case measures: ms, or bytes */
  median: number;
  least: number;
  most: number;
  /** The median as a multiple of what the case compares with */
  ratio: number;
  /** Of the run with the fewest */
  succeeded: number;
  mostAtOnce: number;
}

/** What a case measures, the reference that it is compared with, and this node's goal. */
export interface Judged {
  job: Case;
  unit: 'ms' | 'bytes';
  comparedWith: string;
  /** The goal for this node, as a ratio; absent where only the number of completed items counts */
  wanted?: number;
  measure(run: Run): number;
  /** @param outputBytes memory of the output alone */
  basis(runs: Runs, outputBytes: number): number;
}

export const JUDGED: readonly Judged[] = [
  {
    job: CPU,
    unit: 'ms',
    comparedWith: 'HTTP Request',
    wanted: 0.95,
    measure: ({ cpuMs }) => cpuMs,
    basis: ({ httpRequest = [] }) => median(httpRequest.map(({ cpuMs }) => cpuMs)),
  },
  {
    job: LATENCY,
    unit: 'ms',
    comparedWith: 'items x latency / at once',
    wanted: 1.18,
    measure: ({ wallMs }) => wallMs,
    basis: () => (LATENCY.items * LATENCY.latencyMs) / LATENCY.concurrency,
  },
  {
    job: LIMIT,
    unit: 'ms',
    comparedWith: 'items / limit',
    wanted: 1.25,
    measure: ({ wallMs }) => wallMs,
    // The requests that the full bucket accepts at the start take no time.
    basis: () => ((LIMIT.items - BURST) / LIMIT.limitPerSecond) * 1000,
  },
  {
    job: NIGHT,
    unit: 'ms',
    comparedWith: 'HTTP Request',
    wanted: 1,
    measure: ({ wallMs }) => wallMs,
    basis: ({ httpRequest = [] }) => median(httpRequest.map(({ wallMs }) => wallMs)),
  },
  ...[
    { job: NIGHT_AT_200, wanted: 1.3 },
    { job: NIGHT_AT_20, wanted: 1.15 },
    { job: SMALL_RUNS_AT_100 },
    { job: SMALL_RUNS_AT_20 },
  ].map(({ job, ...goal }): Judged => ({
    job,
    unit: 'ms',
    comparedWith: 'items / limit',
    ...goal,
    measure: ({ wallMs }) => wallMs,
    basis: () => (job.items / job.limitPerSecond) * 1000,
  })),
  {
    job: MEMORY,
    unit: 'bytes',
    comparedWith: "the output's own size",
    wanted: 2.2,
    measure: ({ peakBytes }) => peakBytes,
    basis: (_, outputBytes) => outputBytes,
  },
];

/** The figures of a case, contender by contender. */
export function figuresOf(judged: Judged, runs: Runs, outputBytes: number): Figure[] {
  const basis = judged.basis(runs, outputBytes);
  return (Object.entries(runs) as Array<[ContenderName, Run[]]>).map(([contender, own]) => {
    const values = own.map(judged.measure);
    return {
      contender,
      median: median(values),
      least: Math.min(...values),
      most: Math.max(...values),
      ratio: median(values) / basis,
      succeeded: Math.min(...own.map(({ succeeded }) => succeeded)),
      mostAtOnce: Math.max(...own.map(({ mostAtOnce }) => mostAtOnce)),
    };
  });
}

/** Whether this node holds its goal: all items done, and the ratio where one is wanted. */
export const isHeld = ({ job, wanted = Infinity }: Judged, { ratio, succeeded }: Figure): boolean =>
  ratio <= wanted && succeeded === job.items;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
