import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEditor, type Editor } from '../../launcher/index';
import { nodeForN8n } from '../../launcher/node24';
import { INSTALLED } from '../../launcher/paths';
import { readExample, succeeded } from './support/examples';
import { until } from './support/until';

interface LogEntry {
  level: string;
  message: string;
}

let home: string;
let editor: Editor;

// An n8n of its own, whose log tells the level of each line. Its data lie outside the project, so
// that the package finds no module but n8n's own, as on any other machine.
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'plaid-check-e2e-'));
  editor = await startEditor({
    home,
    env: { N8N_LOG_LEVEL: 'debug', N8N_LOG_FORMAT: 'json' },
  });
}, 300_000);

afterAll(async () => {
  await editor?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** Every line of n8n's log; what is not in its format (a stack trace, a word of Node's) counts as an error. */
const entries = (): LogEntry[] =>
  editor
    .log()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as LogEntry;
      } catch {
        return { level: 'error', message: line };
      }
    });

/** By the package's name, which is in its files' paths too, its types, or what the editor calls it. */
const aboutUs = (entry: LogEntry) =>
  /n8n-nodes-plaid-check|plaidCheckApi|PlaidCheck\.node|Plaid Check/.test(JSON.stringify(entry));

it('n8n logs no warning or error about the package when it loads and runs it', async () => {
  const { id } = readExample('nightly-monitoring');
  await editor.rest.call('POST', `/rest/workflows/${id}/run`, {
    triggerToStartFrom: { name: 'Every Night' },
  });
  await succeeded(editor.rest, id);
  // The log is complete once n8n has written that the node ran.
  const ran = /Get Monitoring Insights.*finished successfully/;
  await until(() => {
    if (!entries().some(({ message }) => ran.test(message))) throw new Error('Not logged yet');
  });

  const about = entries().filter(aboutUs);
  expect(about.filter(({ level }) => ['warn', 'error'].includes(level))).toEqual([]);
});

it('the package loads with no modules but those of n8n', async () => {
  const script = `
    const start = performance.now();
    require('n8n-workflow');
    const workflow = performance.now();
    const exported = Object.keys(require(process.argv[1]));
    const times = [workflow - start, performance.now() - workflow];
    console.log(JSON.stringify({ exported, times }));
  `;
  const node = join(editor.installedPackageDir, 'dist/nodes/PlaidCheck/PlaidCheck.node.js');
  const { stdout } = await promisify(execFile)(nodeForN8n().executable, ['-e', script, node], {
    env: { ...process.env, NODE_PATH: join(INSTALLED, 'node_modules') },
  });
  const { exported, times } = JSON.parse(stdout) as { exported: string[]; times: number[] };
  expect(exported).toEqual(['PlaidCheck']);
  const [workflow, own] = times.map(Math.round);
  console.log(`Loading the node takes ${own} ms, after ${workflow} ms for n8n-workflow`);
});
