import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Table from 'cli-table3';

/**
 * `npm run bench:load`: how long n8n takes to load the compiled package, beyond `n8n-workflow` and zod, and
 * how large the descriptions are that it sends to the editor, which test/unit/mergeForms.test.ts bounds.
 */

const RUNS = 21;

const WANTED = { ms: 60, kilobytes: 250, properties: 180 };

interface Load {
  ms: number;
  /** Of each node's description, by the node's class: its size as JSON, and its properties */
  sizes: Record<string, { bytes: number; properties: number }>;
}

const loads = Array.from({ length: RUNS }, () => {
  const printed = execFileSync(process.execPath, [join(__dirname, 'load.cjs')]);
  return JSON.parse(printed.toString()) as Load;
});
const times = loads.map(({ ms }) => ms).sort((one, other) => one - other);
const at = (share: number) => times[Math.round(share * (times.length - 1))] ?? NaN;
const sizes = Object.entries(loads[0]?.sizes ?? {});

const verdict = (figure: number, wanted: number) => (figure <= wanted ? 'yes' : 'NO');
const ms = (figure: number) => `${figure.toFixed(1)} ms`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const table = new Table({ head: ['figure', 'measured', 'wanted', 'held'], style: { head: [] } });
table.push(
  [`load, median of ${RUNS}`, ms(at(0.5)), `<= ${WANTED.ms} ms`, verdict(at(0.5), WANTED.ms)],
  ['load, fastest', ms(at(0)), '', ''],
  ['load, slowest', ms(at(1)), '', ''],
  ...sizes.flatMap(([name, { bytes, properties }]) => [
    [
      `description of ${name}`,
      kilobytes(bytes),
      `<= ${WANTED.kilobytes} kB`,
      verdict(bytes / 1000, WANTED.kilobytes),
    ],
    [
      `properties of ${name}`,
      String(properties),
      `<= ${WANTED.properties}`,
      verdict(properties, WANTED.properties),
    ],
  ]),
);
console.log(table.toString());
