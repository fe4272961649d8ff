import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult, WorkflowJson } from '../../engine';

/** Writes one JSON file per node that ran: its runs, each with the items of its outputs. */
export function writeItems(folder: string, { nodes }: WorkflowJson, result: RunResult): void {
  mkdirSync(folder, { recursive: true });
  for (const { name } of nodes) {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const file = join(folder, `${words.join('-')}.json`);
    // A file of an earlier run would pass for one of this run.
    rmSync(file, { force: true });
    const runs = result.nodes[name]?.map(({ outputs }) => ({ outputs }));
    if (runs) writeFileSync(file, `${JSON.stringify(runs, null, 2)}\n`);
  }
}
