import type { Cell } from './faultCells';

/** A cell of the document and the outcome it states. */
export interface Stated extends Cell {
  text: string;
}

/** The columns of each table but the first, which names the fault. */
const COLUMNS: ReadonlyArray<[string, Pick<Cell, 'lasts' | 'continueOnFail'>]> = [
  ['Once, Continue On Fail off', { lasts: 'once', continueOnFail: false }],
  ['Once, on', { lasts: 'once', continueOnFail: true }],
  ['Every time, off', { lasts: 'every time', continueOnFail: false }],
  ['Every time, on', { lasts: 'every time', continueOnFail: true }],
];

/**
 * Every cell of the tables below certain headings of a Markdown document.
 * @throws Error where there is no such table below a heading, or its columns are others
 */
export function statedCells(markdown: string, headings: readonly string[]): Stated[] {
  return headings.flatMap((requests) => {
    const [header, ...rows] = rowsBelow(markdown, requests);
    const columns = ['Fault', ...COLUMNS.map(([name]) => name)];
    if (header?.join('|') !== columns.join('|')) {
      throw new Error(
        `Expected a table with the columns ${columns.join(' | ')} below "${requests}"`,
      );
    }
    return rows.flatMap(([fault = '', ...texts]) =>
      COLUMNS.map(([, column], place) => ({
        requests,
        fault,
        ...column,
        text: texts[place] ?? '',
      })),
    );
  });
}

/** The rows of the table below a heading, its header first. */
export function rowsBelow(markdown: string, heading: string): string[][] {
  const section = markdown.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const [header = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  return [header, ...rows];
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
