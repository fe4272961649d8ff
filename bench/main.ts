import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';

import { MEMORY } from './cases';
import { NAMES } from './contenderNames';
import { figuresOf, isHeld, JUDGED, type Figure, type Judged } from './figures';
import { outputBytes, runsOf } from './measure';

/**
 * `npm run bench`: runs the same jobs with this node, n8n's HTTP Request node and the official SDK against the same local
 * server, each run in a separate process. Prints a table and writes `bench/results.json`. With letters as
 * arguments (`npm run bench -- a c`), only those cases.
 */

const RESULTS = join(__dirname, 'results.json');

const MEMORY_NOTE =
  '(d): peak physical memory (RSS) of the process minus its memory before the job, compared with the heap of a script that only holds the output';

const BUSY_NOTE =
  'The machine was busy with other work: times include waiting for the CPU';

/** Load average per core above which wall times include waiting for the CPU. */
const BUSY = 1;

const load = () => loadavg().map((one) => Number(one.toFixed(2)));
const shown = (value: number, unit: Judged['unit']) =>
  unit === 'ms' ? `${value.toFixed(0)} ms` : `${(value / 1e6).toFixed(0)} MB`;

async function main(asked: readonly string[]) {
  const machine = {
    date: new Date().toISOString(),
    node: process.version,
    cpu: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
    loadBefore: load(),
  };
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
  const conditions = { ...machine, loadAfter: load(), outputSize };
  const cases = results.map(({ judged, runs, figures }) => ({ ...judged, figures, runs }));
  writeFileSync(RESULTS, `${JSON.stringify({ ...conditions, cases }, null, 2)}\n`);
  console.log(tableOf(results));
  console.log(`${machine.date}, Node.js ${machine.node}, ${machine.cpu}, ${machine.memory}`);
  const { loadBefore, loadAfter } = conditions;
  console.log(`Load average ${loadBefore.join(' ')} before, ${loadAfter.join(' ')} after`);
  if (!Number.isNaN(outputSize)) console.log(MEMORY_NOTE);
  if (Math.max(...loadBefore, ...loadAfter) > BUSY * cpus().length) console.log(BUSY_NOTE);
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
