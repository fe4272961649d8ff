import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { pack, startEditor, type Editor } from '../../launcher/index';
import { PROJECT } from '../../launcher/paths';
import { openPage } from './support/browser';
import {
  executionsOf,
  greenNodes,
  issues,
  readExample,
  succeeded,
  warnings,
} from './support/examples';
import { until } from './support/until';
import { openWorkflow } from './support/workflows';

const NEWER = '99.0.0';
const DESCRIPTION = 'Get consumer reports, credit scores and monitoring updates from Plaid Check';
const example = readExample('nightly-monitoring');

let folder: string;
let editor: Editor;

// An n8n of its own, as it is stopped on the way. Its data lie outside the project, so that the
// package finds no module but n8n's own, as on any other machine.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plaid-check-e2e-'));
  editor = await startEditor({ home: join(folder, 'home') });
}, 300_000);

afterAll(async () => {
  await editor?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** The package of a later release: another version, and a node that describes itself otherwise. */
async function newerTarball(): Promise<string> {
  const project = join(folder, 'newer');
  for (const part of ['dist', 'package.json', 'README.md', 'LICENSE']) {
    await cp(join(PROJECT, part), join(project, part), { recursive: true });
  }
  await replaceIn(join(project, 'package.json'), /"version": "[^"]+"/, `"version": "${NEWER}"`);
  const node = join(project, 'dist', 'nodes', 'PlaidCheck', 'PlaidCheck.node.js');
  await replaceIn(node, DESCRIPTION, `${DESCRIPTION} (newer)`);
  return pack(join(folder, 'packed'), project);
}

async function replaceIn(file: string, what: string | RegExp, by: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const replaced = text.replace(what, by);
  if (replaced === text) throw new Error(`${file} does not hold ${what}`);
  await writeFile(file, replaced);
}

/** What n8n has installed and tells its editor about the node. */
async function installed(): Promise<{ version: string; description: string }> {
  const file = join(editor.installedPackageDir, 'package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  const answer = await fetch(`${editor.url}/types/nodes.json`, {
    headers: { cookie: editor.rest.cookie },
  });
  const types = (await answer.json()) as { name: string; description: string }[];
  const node = types.find(({ name }) => name === 'n8n-nodes-plaid-check.plaidCheck');
  return { version, description: node?.description ?? 'n8n has no such node' };
}

/** A page that is signed in to this test's n8n instead of the one that all tests share. */
async function openOwnPage(): Promise<Page> {
  const page = await openPage({ baseURL: editor.url });
  const [name = '', value = ''] = editor.rest.cookie.split(/=(.*)/);
  await page.context().addCookies([{ name, value, url: editor.url }]);
  return page;
}

/** Runs the example from the editor. Returns the requests that it sent, sorted, as several are under way at once. */
async function runExample(): Promise<unknown[]> {
  const { clearRequests, requests } = editor.sandbox;
  clearRequests();
  const before = (await executionsOf(editor.rest, example.id)).length;
  const page = await openOwnPage();
  await openWorkflow(page, example.id);
  await page.getByTestId('execute-workflow-button').click();
  await succeeded(editor.rest, example.id, before + 1);
  const green = ['Get Monitoring Insights', 'Key Figures', 'Needs Review?'];
  await until(async () => expect(await greenNodes(page)).toEqual(expect.arrayContaining(green)));
  expect(await issues(page).count()).toBe(0);
  expect(await warnings(page).allInnerTexts()).toEqual([]);
  await page.context().close();
  const sent = requests.map(({ path, json, status }) => ({ path, json, status }));
  return sent.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

it('a workflow made with the installed version runs the same after a newer one is installed', async () => {
  const old = await installed();
  expect(old.description).toBe(DESCRIPTION);
  const sent = await runExample();
  expect(sent).toHaveLength(5);
  const saved = await editor.rest.call<{ nodes: object[] }>('GET', `/rest/workflows/${example.id}`);

  await editor.restart({ tarball: await newerTarball() });
  expect(await installed()).toEqual({ version: NEWER, description: `${DESCRIPTION} (newer)` });
  const kept = await editor.rest.call<{ nodes: object[] }>('GET', `/rest/workflows/${example.id}`);
  expect(kept.nodes).toEqual(saved.nodes);
  expect(await runExample()).toEqual(sent);
}, 300_000);
