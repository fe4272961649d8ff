import Table from 'cli-table3';

import { MEMORY } from './cases';
import { checks } from './check';
import { NAMES } from './contenderNames';
import { figuresOf, isHeld, JUDGED, type Figure, type Judged } from './figures';
import { loadLine, machine } from './machine';
import { outputBytes, runsOf } from './measure';
import { nights } from './night';
import { saveResults } from './results';

/**
 * `npm run bench`: runs the same jobs with this node, n8n's HTTP Request node and the official SDK against the same local
 * server, each run in a separate process. Prints a table and saves each case in `bench/results.json`. With letters as
 * arguments (`npm run bench -- a c`), only those cases; `check` measures the reading of items, and `night` is on a virtual clock.
 */

const MEMORY_NOTE =
  '(d): peak physical memory (RSS) of the process minus its memory before the job, compared with the heap of a script that only holds the output';

const shown = (value: number, unit: Judged['unit']) =>
  unit === 'ms' ? `${value.toFixed(0)} ms` : `${(value / 1e6).toFixed(0)} MB`;

async function main(asked: readonly string[]) {
  const before = machine();
  const chosen = JUDGED.filter(({ job }) => asked.length === 0 || asked.includes(job.name));
  const outputSize = chosen.some(({ job }) => job === MEMORY) ? await outputBytes(MEMORY) : NaN;
  const results = [];
  for (const judged of chosen) {
    const runs = await runsOf(judged.job, (name, run) =>
      console.error(
        `${judged.job.name} ${NAMES[name]}: ${shown(judged.measure(run), judged.unit)}`,
      ),
    );
    results.push({ judged, runs, figures: figuresOf(judged, runs, outputSize) });
  }
  const conditions = { ...before, loadAfter: machine().load };
  for (const { judged, runs, figures } of results) {
    saveResults(judged.job.name, { ...conditions, outputSize, ...judged, figures, runs });
  }
  if (results.length > 0) console.log(`${tableOf(results)}\n${loadLine(conditions)}`);
  if (!Number.isNaN(outputSize)) console.log(MEMORY_NOTE);
  if (asked.length === 0 || asked.includes('check')) console.log(await checks());
  if (asked.length === 0 || asked.includes('night')) console.log(await nights());
}

function tableOf(results: ReadonlyArray<{ judged: Judged; figures: Figure[] }>): string {
  const table = new Table({
    head: ['', 'contender', 'median (least to most)', 'ratio', 'wanted', 'items done', 'at once'],
    style: { head: [], border: [] },
  });
  for (const { judged, figures } of results) {
    const { job, unit, comparedWith, wanted } = judged;
    table.push([
      { colSpan: 7, content: `(${job.name}) ${job.measures}, as a multiple of ${comparedWith}` },
    ]);
    for (const figure of figures) {
      const { contender, median, least, most, ratio, succeeded, mostAtOnce } = figure;
      const goal = wanted === undefined ? 'none lost' : `<= ${wanted.toFixed(2)}`;
      const verdict = `${goal}: ${isHeld(judged, figure) ? 'held' : 'NOT HELD'}`;
      table.push([
        '',
        NAMES[contender],
        `${shown(median, unit)} (${shown(least, unit)} to ${shown(most, unit)})`,
        ratio.toFixed(2),
        contender === 'plaidCheck' ? verdict : '',
        `${succeeded} of ${job.items}`,
        String(mostAtOnce),
      ]);
    }
  }
  return table.toString();
}

void main(process.argv.slice(2));
