import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';

import { run } from '../../launcher/command';
import type { Editor } from '../../launcher/index';
import { freePort } from '../../launcher/ports';
import { n8nProgram } from '../../launcher/process';
import { userOf } from '../answer';
import { REAL_N8N } from '../cases';
import { end, start, told } from '../child';
import { httpRequestNode } from '../contenders/httpRequest';
import { plaidCheckNode } from '../contenders/plaidCheck';
import { median } from '../figures';
import { KEYS } from '../request';
import { itemsOf, makeWorkflow } from './workflows';

/**
 * Wall and CPU time of 2,000 items by n8n's command line (`n8n execute`), with this node, with n8n's HTTP Request node, and
 * with neither, which is what n8n itself takes to start and to run the rest of the workflow.
 */

const { items, repeats } = REAL_N8N;

const NEITHER = 'neither';

/** As a multiple of the HTTP Request node's. */
const WANTED = 0.25;

const SOURCE = itemsOf(Array.from({ length: items }, (_, item) => userOf(item)));

export interface ItemRun {
  /** Of the whole process, from its start to its end */
  wallMs: number;
  cpuMs: number;
  /** From the node's start to its end, as n8n notes it; 0 without a node */
  nodeMs: number;
  /** Answers of the server; the workflow stops at an error */
  succeeded: number;
}

export interface ItemRuns {
  name: string;
  runs: ItemRun[];
}

export async function measureItems(
  editor: Editor,
  home: string,
  tell: (line: string) => void,
): Promise<ItemRuns[]> {
  const server = start('server.ts', JSON.stringify(REAL_N8N));
  try {
    const { url } = await told<{ url: string }>(server);
    const answered = async () => {
      server.send('how many?');
      return (await told<{ accepted: number }>(server)).accepted;
    };
    const data = { environment: 'custom', customBaseUrl: url, ...KEYS };
    const credential = { name: 'Benchmark', type: 'plaidCheckApi', data };
    const { id, name } = await editor.rest.call<{ id: string; name: string }>(
      'POST',
      '/rest/credentials',
      credential,
    );
    const job = { ...REAL_N8N, url };
    const named = [
      { name: 'Plaid Check', ...plaidCheckNode(job) },
      { name: 'HTTP Request', ...httpRequestNode(job) },
    ].map((node) => ({ ...node, credentials: { plaidCheckApi: { id, name } } }));
    const contenders = [];
    for (const node of [...named, undefined]) {
      const nodes = [...SOURCE, ...(node ? [node] : [])];
      const workflow = await makeWorkflow(editor, node?.name ?? NEITHER, nodes);
      contenders.push({ name: node?.name ?? NEITHER, workflow, runs: [] as ItemRun[] });
    }
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const { name, workflow, runs } of contenders) {
        const before = await answered();
        const one = await runOnce(home, workflow, name);
        runs.push({ ...one, succeeded: (await answered()) - before });
        tell(`${name}: ${one.wallMs.toFixed(0)} ms, CPU ${one.cpuMs.toFixed(0)} ms`);
      }
    }
    return contenders.map(({ name, runs }) => ({ name, runs }));
  } finally {
    await end(server);
  }
}

async function runOnce(
  home: string,
  workflow: string,
  node: string,
): Promise<Omit<ItemRun, 'succeeded'>> {
  const usageFile = join(home, 'usage.txt');
  const surroundings = {
    home,
    port: await freePort(0, 'n8n', ''),
    brokerPort: await freePort(0, "n8n's code runner", ''),
    env: { BENCH_USAGE_FILE: usageFile },
  };
  const command = ['execute', `--id=${workflow}`, '--rawOutput'];
  const { executable, args, env } = n8nProgram(surroundings, join(__dirname, 'usage.cjs'), command);
  const begin = performance.now();
  const { code, output, stdout } = await run(executable, args, { cwd: home, env });
  const wallMs = performance.now() - begin;
  if (code !== 0) throw new Error(`n8n ended with ${code}: ${output.slice(-2000)}`);
  return {
    wallMs,
    cpuMs: Number(await readFile(usageFile, 'utf8')),
    nodeMs: nodeMsIn(stdout, node),
  };
}

/** n8n logs lines of its own between those of the result, so it is not parsed. */
const nodeMsIn = (stdout: string, node: string): number =>
  Number(new RegExp(`"${node}": \\[\\s*{[^]*?"executionTime": (\\d+)`).exec(stdout)?.[1] ?? 0);

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const FIGURES = [
  { title: "wall time of the node, by n8n's own clock", of: ({ nodeMs }: ItemRun) => nodeMs },
  { title: 'wall time of the process', of: ({ wallMs }: ItemRun) => wallMs },
  { title: 'CPU time of the process', of: ({ cpuMs }: ItemRun) => cpuMs },
] as const;

export function itemsTable(all: readonly ItemRuns[]): string {
  const runsOf = (name: string) => all.find((one) => one.name === name)?.runs ?? [];
  const table = new Table({
    head: ['', 'Plaid Check', 'HTTP Request', NEITHER, 'ratio', 'ratio beyond neither', 'wanted'],
    style: { head: [], border: [] },
  });
  for (const { title, of } of FIGURES) {
    const medianOf = (name: string) => median(runsOf(name).map(of));
    const [own, other, rest] = ['Plaid Check', 'HTTP Request', NEITHER].map(medianOf);
    const beyond = ((own ?? NaN) - (rest ?? NaN)) / ((other ?? NaN) - (rest ?? NaN));
    const cells = ['Plaid Check', 'HTTP Request', NEITHER].map((name) => {
      const times = runsOf(name).map(of);
      return `${seconds(median(times))} (${seconds(Math.min(...times))} to ${seconds(Math.max(...times))})`;
    });
    table.push([
      title,
      ...cells,
      ((own ?? NaN) / (other ?? NaN)).toFixed(2),
      beyond.toFixed(2),
      `<= ${WANTED}: ${beyond <= WANTED ? 'held' : 'NOT HELD'}`,
    ]);
  }
  const done = ['Plaid Check', 'HTTP Request'].map(
    (name) => `${Math.min(...runsOf(name).map(({ succeeded }) => succeeded))} of ${items}`,
  );
  table.push(['items done', ...done, '', '', '', '']);
  return table.toString();
}
