import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEditor, type Editor } from '../../launcher/index';
import { loadLine, machine } from '../machine';
import { saveResults } from '../results';
import { burstTable, measureBurst } from './burst';
import { itemsTable, measureItems } from './items';
import { measurePanel, panelTable } from './panel';
import { measureSaved, SAVED_ENV, savedTable } from './saved';

/**
 * `npm run bench:n8n`: measures in the real n8n of `npm start`, with SQLite: opening the node's panel, 2,000 items by the
 * command line, and a burst of webhooks. With names as arguments (`npm run bench:n8n -- items burst`), only those; `saved`, from
 * how many large reports on n8n can't save an execution, runs by its name alone. Prints a table of
 * each and saves it in `bench/results.json`.
 */

const tell = (line: string) => console.error(line);

/** What docs/webhooks.md advises for bursts. */
const ADVISED = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Measures a part: what is saved of it, and its table. */
type Part = (editor: Editor, home: string) => Promise<{ measured: unknown; table: string }>;

const PARTS: Readonly<Record<string, Part>> = {
  async panel(editor) {
    const measured = await measurePanel(editor);
    return { measured, table: panelTable(measured) };
  },
  async items(editor, home) {
    const measured = await measureItems(editor, home, tell);
    return { measured, table: itemsTable(measured) };
  },
  async burst(editor) {
    const measured = await measureBurst(editor, tell);
    return { measured, table: burstTable(measured) };
  },
  async saved(editor) {
    const measured = await measureSaved(editor, tell);
    return { measured, table: savedTable(measured) };
  },
};

/** Only by its name: it takes 12 GB of memory and half an hour. */
const LARGE = 'saved';

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    throw new Error(`There is no part ${unknown}; the parts are ${Object.keys(PARTS).join(', ')}`);
  }
  const home = await mkdtemp(join(tmpdir(), 'plaid-check-bench-'));
  let editor: Editor | undefined;
  try {
    const env = asked.includes(LARGE) ? { ...ADVISED, ...SAVED_ENV } : ADVISED;
    editor = await startEditor({ home, tell, env });
    for (const [name, part] of Object.entries(PARTS)) {
      if (asked.length > 0 ? !asked.includes(name) : name === LARGE) continue;
      const before = machine();
      const { measured, table } = await part(editor, home);
      const conditions = { ...before, loadAfter: machine().load };
      console.log(table);
      console.log(loadLine(conditions));
      saveResults(name, { ...conditions, measured });
    }
  } finally {
    await editor?.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
