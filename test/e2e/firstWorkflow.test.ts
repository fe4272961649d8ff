import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '../../launcher/paths';
import { openPage } from './support/browser';
import { outputPanel, runs } from './support/execution';
import {
  addField,
  choose,
  chooseAll,
  enterExpression,
  field,
  fill,
  groups,
  pasteInto,
} from './support/parameters';
import { editor } from './support/shared';
import { signIn } from './support/signIn';
import { until } from './support/until';
import { canvasNode, openNode } from './support/workflows';

/**
 * The README's way from signing in to a first report, as a stranger walks it: the actions, the fields and what goes into
 * them are read from the README itself.
 */

interface Step {
  /** What the node panel calls it. */
  action: string;
  json?: string;
  /** Label and value of each field. */
  values: [string, string][];
  /** An option to add. */
  option?: string;
}

function readSteps(): Step[] {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const section = readme.split('\n## A first workflow\n')[1]?.split('\n## ')[0] ?? '';
  const texts = section.split(/^\d\. \*\*/m).slice(1);
  // What follows the last step is no part of it.
  const ended = texts.map(
    (text) =>
      text
        .split(/^(?=\S)/m)
        .slice(0, 2)
        .join('')
        .split(/^Click /m)[0] ?? '',
  );
  return ended.map((text) => ({
    action: text.slice(0, text.indexOf('.**')),
    json: /```json\n([\s\S]*?)```/.exec(text)?.[1],
    values: [...text.matchAll(/^ +\| ([A-Z][^|]*?) \| `?([^|`]+?)`? \|$/gm)].map(
      ([, label = '', value = '']) => [label, value],
    ),
    option: /\*\*Options > ([^*]+)\*\*/.exec(text)?.[1],
  }));
}

const STEPS = readSteps();

/** The longest that it may take, in ms. */
const MAX_MS = 3 * 60_000;

let page: Page;

beforeEach(async () => {
  page = await openPage({ storageState: undefined, viewport: { width: 1440, height: 900 } });
  await page.context().clearCookies();
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

const results = () => page.getByTestId('item-iterator-item');

/** Adds an action of Plaid Check after the last node, by the node panel's search. */
async function addNode(action: string): Promise<void> {
  await page.getByTestId('node-creator-plus-button').click();
  await page.getByTestId('node-creator-search-bar').fill('Plaid Check');
  await results().filter({ hasText: 'Plaid Check' }).first().click();
  await results().getByText(action, { exact: true }).click();
  await page.getByTestId('ndv').waitFor();
}

/** The path of the parameter that stands under a label. */
async function pathOf(label: string): Promise<string> {
  const item = page
    .getByTestId('node-parameters')
    .locator('.parameter-item')
    .filter({ has: page.getByTestId('input-label').getByText(label, { exact: true }) });
  const path = await item
    .locator('[data-parameter-path]')
    .first()
    .getAttribute('data-parameter-path');
  return (path ?? '').replace('parameters.', '');
}

async function enter(label: string, value: string): Promise<void> {
  const path = await pathOf(label);
  if (value.includes('{{')) return enterExpression(page, path, value);
  if (await field(page, path).locator('.el-select').count()) {
    const isMany = (await field(page, path).locator('.el-select__tags').count()) > 0;
    if (isMany) await chooseAll(page, path, [value]);
    else await choose(page, path, value);
    return;
  }
  await fill(page, path, value);
}

async function pasteJson(json: string): Promise<void> {
  await choose(page, 'specifyRequest', 'Using JSON');
  await pasteInto(field(page, 'jsonBody').locator('.cm-content'), json);
}

it('the README has four steps, with what to fill in', () => {
  expect(
    STEPS.map(({ json, values, option }) => [json !== undefined, values.length, option]),
  ).toEqual([
    [true, 0, undefined],
    [false, 2, undefined],
    [false, 3, undefined],
    [false, 1, 'Wait Until Ready'],
  ]);
});

it('from signing in to the first base report by the README, in less than three minutes', async () => {
  const started = Date.now();
  await signIn(page);
  await page.goto('/workflow/new');
  await page.getByTestId('canvas-add-button').getByRole('button').first().click();
  await page.getByTestId('node-creator-search-bar').fill('Trigger manually');
  await results().getByText('Trigger manually', { exact: true }).click();
  await canvasNode(page).first().waitFor();

  for (const { action, json, values, option } of STEPS) {
    await addNode(action);
    if (json !== undefined) await pasteJson(json);
    for (const [label, value] of values) await enter(label, value);
    if (option) await addField(groups(page, 'Options').last(), option);
    await page.getByTestId('ndv-close-button').click();
    await page.getByTestId('ndv').waitFor({ state: 'hidden' });
  }

  const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
  expect(status).toBe('success');
  expect(
    editor()
      .sandbox.requests.filter(({ status: code }) => code === 200)
      .map(({ path }) => path),
  ).toEqual(
    expect.arrayContaining([
      '/user/create',
      '/sandbox/public_token/create',
      '/cra/check_report/create',
      '/cra/check_report/base_report/get',
    ]),
  );
  const last = STEPS.at(-1)?.action ?? '';
  await openNode(page, last);
  await until(async () => expect(await outputPanel(page).innerText()).toContain('1 item'));
  expect(Date.now() - started).toBeLessThan(MAX_MS);
});
