import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { PROJECT } from '../../../launcher/paths';
import type { Rest } from '../../../launcher/index';
import { until } from './until';
import { canvasNode } from './workflows';

export interface ExampleNode {
  name: string;
  type: string;
  parameters: Record<string, unknown>;
}

export interface Example {
  id: string;
  name: string;
  nodes: ExampleNode[];
}

const fileOf = (name: string) => join(PROJECT, 'examples', `${name}.json`);

/** One of the project's examples by its file's name, without `.json`. */
export const readExample = (name: string) =>
  JSON.parse(readFileSync(fileOf(name), 'utf8')) as Example;

/**
 * Imports an example into a new workflow by the menu's "From file", untouched.
 * @returns the id of the saved workflow
 */
export const importExample = (page: Page, name: string) => importFile(page, fileOf(name));

/** Imports a changed copy of an example, which is written to `folder`. */
export async function importChanged(
  page: Page,
  folder: string,
  name: string,
  change: (example: Example) => void,
): Promise<string> {
  const example = readExample(name);
  change(example);
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(example));
  return importFile(page, file);
}

async function importFile(page: Page, file: string): Promise<string> {
  await page.goto('/workflow/new');
  await page.getByTestId('canvas-add-button').waitFor();
  await page.getByTestId('workflow-menu').click();
  await page.getByTestId('workflow-menu-item-import').hover();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByTestId('workflow-menu-item-import-from-file').click(),
  ]);
  await chooser.setFiles(file);
  await canvasNode(page).first().waitFor();
  // n8n saves by itself and then has an address for the workflow.
  await page.waitForURL((url) => !/\/new\b/.test(url.pathname));
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** n8n's notices of the kinds that nobody wants to see. */
export const warnings = (page: Page): Locator =>
  page.locator('.el-notification').filter({
    has: page.locator('.el-notification--warning, .el-notification--error'),
  });

/** The marks of nodes that n8n finds something missing or wrong in. */
export const issues = (page: Page): Locator => page.getByTestId('node-issues');

/** The names of the nodes that the last run left green. */
export const greenNodes = (page: Page): Promise<string[]> =>
  canvasNode(page)
    .filter({ has: page.getByTestId('canvas-node-status-success') })
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''));

export interface Execution {
  id: string;
  mode: string;
  status: string;
}

/** A workflow's executions, newest first. */
export async function executionsOf(rest: Rest, workflowId: string): Promise<Execution[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }));
  const { results } = await rest.call<{ results: Execution[] }>(
    'GET',
    `/rest/executions?filter=${filter}`,
  );
  return results;
}

/** Waits until a workflow has run, and as often as is said. Throws when one of its runs failed. */
export async function succeeded(rest: Rest, workflowId: string, times = 1): Promise<Execution[]> {
  let ended: Execution[] = [];
  await until(async () => {
    const all = await executionsOf(rest, workflowId);
    ended = all.filter(({ status }) => !['new', 'running', 'waiting'].includes(status));
    if (ended.length < times) throw new Error(`Ran ${ended.length} times: ${JSON.stringify(all)}`);
  });
  const failed = ended.filter(({ status }) => status !== 'success');
  if (failed.length > 0) throw new Error(`Failed: ${JSON.stringify(failed)}`);
  return ended;
}
