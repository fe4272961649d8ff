import Table from 'cli-table3';

/** What came of one case, in numbers. */
export interface Figures {
  /** How many things were wanted: reports, resumed executions, events. */
  readonly wanted: number;
  /** Happened exactly once. */
  readonly once: number;
  /** Happened more often. */
  readonly repeated: number;
  /** Have a result in the last execution. */
  readonly results: number;
  /** Failed, but may have succeeded. */
  readonly inDoubt: number;
  /** Executions that have not come to an end. */
  readonly stuck: number;
}

export interface Outcome {
  readonly figures: Figures;
  /** What else is worth telling, such as how far it got before the crash. */
  readonly note: string;
}

/** All went well: everything once, each with a result, nothing in doubt, nothing stuck. */
export const perfect = (wanted: number): Figures => ({
  wanted,
  once: wanted,
  repeated: 0,
  results: wanted,
  inDoubt: 0,
  stuck: 0,
});

/** How often things that are wanted once have happened. */
export const countOf = (counts: readonly number[]) => ({
  wanted: counts.length,
  once: counts.filter((count) => count === 1).length,
  repeated: counts.filter((count) => count > 1).length,
});

export interface Row extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

/** The rows as text; lost is what was wanted and has not happened. */
export function toTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ['', 'wanted', 'once', 'twice', 'lost', 'results', 'in doubt', 'stuck', 's', 'note'],
    style: { head: [], border: [] },
  });
  for (const { name, figures, seconds, note } of rows) {
    const { wanted, once, repeated, results, inDoubt, stuck } = figures;
    const lost = wanted - once - repeated;
    table.push([name, wanted, once, repeated, lost, results, inDoubt, stuck, seconds, note]);
  }
  return table.toString();
}
