import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(__dirname, 'results.json');

/** Saves what was measured under a name in `bench/results.json`, and keeps the results of other names there. */
export function saveResults(name: string, measured: object): void {
  const saved = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as object) : {};
  writeFileSync(FILE, `${JSON.stringify({ ...saved, [name]: measured }, null, 2)}\n`);
}
