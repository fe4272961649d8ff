import type { Page } from 'playwright-core';
import { makeApplications, newApplicant, type Application } from './support/applications';
import { openPage } from './support/browser';
import { branchBelow, connect, plusAt } from './support/canvas';
import { createTable, type TestTable } from './support/dataTables';
import { executionsOf, succeeded } from './support/examples';
import { runs } from './support/execution';
import { plain, readGuide, type GuideStep } from './support/guide';
import { activeMinutes, countHands, type Hands } from './support/hands';
import {
  fieldsOf,
  makeHttpRequestJob,
  requestNodes,
  type SavedNode,
} from './support/httpRequestJob';
import {
  addEntry,
  addField,
  choose,
  chooseAll,
  enterExpression,
  field,
  fill,
  groups,
  toggle,
} from './support/parameters';
import { documentationScreenshot } from './support/screenshots';
import { settled } from './support/settled';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openNode } from './support/workflows';

/**
 * docs/night-job.md as a stranger walks it with mouse and keyboard: built from the guide's own tables, published, fired by
 * its schedule, corrected in the morning and run again. Hands are counted, and the fields compared with those of the same
 * job made of HTTP Request nodes.
 */

const STEPS = readGuide('night-job.md', 'Build it');

const CREATE = 'Create a check report (legacy)';
const READ = 'Get a full report with all products (legacy)';
const SAVE = 'Upsert row(s)';

interface Decision {
  application_id: string;
  status: string;
  decision: string;
  lend_score: number | null;
  reason: string;
}

let page: Page;
let hands: Hands;
let all: Application[];
let good: Application[];
let bad: Application[];
let applications: TestTable<Application>;
let decisions: TestTable<Decision>;
let workflow: string;

const text = (name: string) => ({ name, type: 'string' as const });

beforeAll(async () => {
  ({ all, good, bad } = await makeApplications());
  // What a lender has before: a list, and an empty table for the results.
  applications = await createTable('Applications', ['application_id', 'user_id'].map(text));
  await applications.insert(all);
  decisions = await createTable('Decisions', [
    ...['application_id', 'user_id', 'status', 'decision', 'reason'].map(text),
    { name: 'lend_score', type: 'number' },
  ]);
  page = await openPage({ viewport: { width: 1600, height: 1000 } });
  page.context().setDefaultTimeout(12_000);
  hands = await countHands(page.context());
});

afterAll(async () => {
  if (workflow) await editor().rest.call('POST', `/rest/workflows/${workflow}/deactivate`, {});
  await page.context().close();
  await applications.remove();
  await decisions.remove();
});

const results = () => page.getByTestId('item-iterator-item');

/** Finds a node in the open node panel, and opens what it is added as. */
async function pick({ node, action }: GuideStep): Promise<void> {
  await page.getByTestId('node-creator-search-bar').click();
  await page.keyboard.type(node);
  await results().filter({ hasText: node }).first().click();
  if (action) await results().getByText(action, { exact: true }).click();
  await page.getByTestId('ndv').waitFor();
}

/** The path of the parameter that stands under a label: the last one, as the newest entry of a list is. */
async function pathOf(label: string): Promise<string> {
  const item = page
    .getByTestId('ndv')
    .locator('.parameter-item')
    .filter({ has: page.getByTestId('input-label').getByText(label, { exact: true }) })
    .last();
  const path = await item
    .locator('[data-parameter-path]')
    .first()
    .getAttribute('data-parameter-path');
  return (path ?? '').replace('parameters.', '');
}

/** Enters what the guide says into the field at a path, as its kind demands. */
async function enterAt(path: string, value: string): Promise<void> {
  const box = field(page, path);
  if (value.startsWith('{{')) return enterExpression(page, path, value);
  if (value === 'on') return toggle(page, path);
  if (await box.locator('.el-select').count()) {
    const isMany = (await box.locator('.el-select__tags').count()) > 0;
    return isMany ? chooseAll(page, path, value.split(', ')) : choose(page, path, value);
  }
  await fill(page, path, value);
}

async function chooseTable(name: string): Promise<void> {
  await page.getByTestId('ndv').getByTestId('rlc-input').first().click();
  await page.getByTestId('rlc-item').getByText(name, { exact: true }).click();
}

/** The list closes again when the columns arrive only after it was opened. */
async function chooseColumn(path: string, name: string): Promise<void> {
  const choice = page.locator('.el-select-dropdown__item:visible').getByText(name, { exact: true });
  await until(async () => {
    if ((await choice.count()) === 0) await field(page, path).click();
    await choice.first().click({ timeout: 3000 });
  });
}

/** A condition of the Data Table node: ``column` = `value``. */
async function addCondition(value: string, index: number): Promise<void> {
  const [, column = '', wanted = ''] = /^`(.*?)` = `(.*)`$/.exec(value) ?? [];
  const path = `filters.conditions[${index}]`;
  if ((await field(page, `${path}.keyName`).count()) === 0) {
    await addEntry(groups(page, 'Conditions'));
  }
  await chooseColumn(`${path}.keyName`, `${column} (string)`);
  await enterAt(`${path}.keyValue`, wanted);
}

/** A setting on the second tab of a node's panel. */
async function set(label: string, value: string): Promise<void> {
  await page.getByTestId('tab-settings').click();
  const item = page
    .getByTestId('ndv')
    .locator('.parameter-item')
    .filter({ has: page.getByTestId('input-label').getByText(label, { exact: true }) });
  if (value === 'on') await item.locator('.el-switch__core').click();
  else {
    await item.locator('.el-select').click();
    await page.locator('.el-select-dropdown__item:visible').getByText(value).click();
  }
  await settled(page);
}

const MAPPING = 'Mapping Column Mode';

async function chooseMapping(name: string): Promise<void> {
  await page.getByTestId('mapping-mode-select').locator('.el-select').click();
  await page.locator('.el-select-dropdown__item:visible').getByText(name).first().click();
}

/** Fills in what a step lists, in its order. */
async function fillIn({ values, text: pasted }: GuideStep): Promise<void> {
  let conditions = 0;
  for (const [label, shown] of values.filter(([name]) => !name.startsWith('Settings'))) {
    const value = plain(shown);
    const [heading = '', inner] = label.split(' > ');
    if (label === 'Data table') await chooseTable(value);
    else if (label === 'Condition') await addCondition(shown, conditions++);
    else if (label === MAPPING) await chooseMapping(value);
    else if (heading === 'Additional Fields' && inner) {
      await addField(groups(page, heading).first(), inner);
      await enterAt(await pathOf(inner), value);
    } else if (heading === 'Options' && inner) {
      // Each does what it says as soon as it is added.
      await addField(groups(page, heading).last(), inner);
    } else await enterAt(await pathOf(label), value);
  }
  if (pasted !== undefined) await enterExpression(page, 'jsonOutput', pasted);
  for (const [label, value] of values) {
    const [heading, name = ''] = label.split(' > ');
    if (heading === 'Settings') await set(name, value);
  }
}

async function closePanel(): Promise<void> {
  await page.getByTestId('ndv-close-button').click();
  await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

const FIT = () => page.getByTestId('zoom-to-fit').click();

/** The name of the node that a step adds; n8n numbers those of the same name. */
function nameOfStep(index: number): string {
  const names = STEPS.slice(0, index + 1).map(({ node, action }) => action ?? node);
  const name = names.at(-1) ?? '';
  const before = names.filter((one) => one === name).length - 1;
  return before > 0 ? `${name}${before}` : name;
}

/** Opens the node panel where the guide says that the next node belongs. */
async function openPanelFor(index: number): Promise<void> {
  if (index === 0) return page.getByTestId('canvas-add-button').getByRole('button').first().click();
  await FIT();
  if (index === 7) return plusAt(page, CREATE, 1);
  if (index === 8) return branchBelow(page, 'Schedule Trigger');
  await plusAt(page, nameOfStep(index - 1), 0);
}

const savedNodes = async (id: string): Promise<SavedNode[]> =>
  (await editor().rest.call<{ nodes: SavedNode[] }>('GET', `/rest/workflows/${id}`)).nodes;

it('the guide has ten steps', () => {
  expect(STEPS.map(({ node, action, values }) => [node, action, values.length])).toEqual([
    ['Schedule Trigger', undefined, 2],
    ['Data table', 'Get row(s)', 2],
    ['Data table', 'If row does not exist', 4],
    ['Plaid Check', CREATE, 7],
    ['Plaid Check', READ, 4],
    ['Edit Fields', undefined, 1],
    ['Data table', SAVE, 3],
    ['Edit Fields', undefined, 1],
    ['Data table', 'Get row(s)', 2],
    ['Edit Fields', undefined, 2],
  ]);
});

it('is built by mouse from the guide', async () => {
  const started = Date.now();
  await page.goto('/workflow/new');
  await page.getByTestId('canvas-add-button').waitFor();
  for (const [index, step] of STEPS.entries()) {
    await openPanelFor(index);
    await pick(step);
    await fillIn(step);
    await closePanel();
    if (index === 7) {
      await FIT();
      await connect(page, READ, 1, 'Edit Fields1');
      await connect(page, 'Edit Fields1', 0, SAVE);
    }
  }
  await FIT();
  await page.waitForURL((url) => !/\/new\b/.test(url.pathname));
  workflow = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await until(async () => expect(await savedNodes(workflow)).toHaveLength(STEPS.length));
  await documentationScreenshot(page, 'night-job');
  console.log(`Built by a test in ${Math.round((Date.now() - started) / 1000)} s`);
});

/** What n8n's clock shows, in the time zone that its workflows have. */
async function clock(): Promise<{ hour: number; minute: number; second: number }> {
  const { timezone } = await editor().rest.call<{ timezone: string }>('GET', '/rest/settings');
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date());
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { hour: of('hour'), minute: of('minute'), second: of('second') };
}

const nameOf = (hour: number) =>
  hour % 12 === 0 ? ['Midnight', 'Noon'][hour / 12] : `${hour % 12}${hour < 12 ? 'am' : 'pm'}`;

const statuses = async () =>
  (await executionsOf(editor().rest, workflow)).map(({ mode, status }) => `${mode} ${status}`);

const made = () => good.map(({ user_id }) => editor().sandbox.reportsCreated(user_id));
const onceEach = () => good.map(() => 1);

const idsWith = async (status: string) =>
  (await decisions.rows())
    .filter((row) => row.status === status)
    .map((row) => row.application_id)
    .sort();

it('is published, and runs once at the time that its schedule says', async () => {
  // A night is too long to wait for: the next full minute that is not too near.
  await openNode(page, 'Schedule Trigger');
  const { hour, minute, second } = await clock();
  const at = hour * 60 + minute + (second < 35 ? 1 : 2);
  const uncounted = { ...hands };
  await choose(page, await pathOf('Trigger at Hour'), nameOf(Math.floor(at / 60) % 24) ?? '');
  await fill(page, await pathOf('Trigger at Minute'), at % 60);
  await closePanel();
  Object.assign(hands, uncounted);

  await page.getByTestId('workflow-open-publish-modal-button').click();
  await page.getByTestId('workflow-publish-button').click();
  await page.getByTestId('workflow-active-version-indicator').waitFor();
  await page.getByRole('button', { name: 'Got it' }).click();
  await until(async () => expect(await statuses()).toEqual(['trigger success']), 150_000);
  expect(made()).toEqual(onceEach());
  expect(await idsWith('DECIDED')).toEqual(good.map((one) => one.application_id));
  expect(await idsWith('FAILED')).toEqual(bad.map((one) => one.application_id));
});

/** Opens a data table from the overview. */
async function openTable(name: string): Promise<void> {
  await page
    .locator('[data-test-id="project-home-menu-item"], a[href="/home/workflows"]')
    .first()
    .click();
  await page.locator('a[href$="/home/datatables"]').first().click();
  await page.getByTestId('data-table-card-name').getByText(name, { exact: true }).click();
  await page.locator('.ag-row').first().waitFor();
}

const cells = (value: string) => page.locator('.ag-cell').getByText(value, { exact: true });

/** Writes another user ID into the row of an application. */
async function correct(applicationId: string, userId: string): Promise<void> {
  const column = await page
    .locator('.ag-cell', { hasText: good[0]?.user_id })
    .first()
    .getAttribute('col-id');
  const row = page.locator('.ag-row', { hasText: applicationId });
  await row.locator(`[col-id="${column}"]`).dblclick();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(userId);
  await page.keyboard.press('Enter');
  await until(async () => {
    const rows = await applications.rows();
    expect(rows).toContainEqual(
      expect.objectContaining({ application_id: applicationId, user_id: userId }),
    );
  });
}

it('lists the failures in the morning, and sends them alone once they are corrected', async () => {
  // Plaid knows these people by now.
  const users = [];
  for (const { application_id } of bad) users.push(await newApplicant(application_id));
  editor().sandbox.clearRequests();

  await openTable('Decisions');
  await page.getByPlaceholder('Search').click();
  await page.keyboard.type('FAILED');
  await until(async () => expect(await cells('FAILED').count()).toBe(bad.length));
  await openTable('Applications');
  for (const [index, { application_id }] of bad.entries()) {
    await correct(application_id, users[index] ?? '');
  }

  await page.goto(`/workflow/${workflow}`);
  await canvasNode(page).first().waitFor();
  const status = await runs(page, () => page.getByTestId('execute-workflow-button').click());
  expect(status).toBe('success');
  expect(await idsWith('FAILED')).toEqual([]);
  expect(await idsWith('DECIDED')).toEqual(all.map((one) => one.application_id));
  const asked = editor().sandbox.requests.map(({ json }) => (json as Application).user_id);
  expect(new Set(asked)).toEqual(new Set(users));
  expect(users.map((user) => editor().sandbox.reportsCreated(user))).toEqual([1, 1, 1]);
  expect(made()).toEqual(onceEach());
});

it('needs at most a third of the fields that HTTP Request nodes need for the same decisions', async () => {
  const { sandbox } = editor();
  const before = (await decisions.rows()).filter((row) =>
    good.some((one) => one.application_id === row.application_id),
  );
  const byHttp = await createTable<Decision>('Decisions by HTTP Request', [
    ...['application_id', 'user_id', 'status', 'decision', 'reason'].map(text),
    { name: 'lend_score', type: 'number' },
  ]);
  try {
    const id = await makeHttpRequestJob(all, byHttp.id);
    await editor().rest.call('POST', `/rest/workflows/${id}/run`, {
      triggerToStartFrom: { name: 'Start' },
    });
    await succeeded(editor().rest, id);
    const score = (rows: readonly Decision[]) =>
      Object.fromEntries(rows.map((row) => [row.application_id, row.lend_score]));
    // Plaid gives both the same: it is the same job.
    expect(score(await byHttp.rows())).toEqual(score(before));
  } finally {
    await byHttp.remove();
  }
  expect(sandbox.requests.length).toBeGreaterThan(0);

  const nodes = await savedNodes(workflow);
  const ours = fieldsOf(nodes.filter(({ name }) => [CREATE, READ].includes(name)));
  const theirs = fieldsOf(requestNodes());
  console.log(
    [
      'The night job, built by mouse from docs/night-job.md:',
      '',
      '| | Plaid Check | HTTP Request |',
      '| --- | --- | --- |',
      `| nodes between the applications and the decision | 2 | ${requestNodes().length} |`,
      `| fields, settings and members of bodies in them | ${ours} | ${theirs} |`,
      `| clicks for the whole job, correction and second run included | ${hands.clicks} | |`,
      `| keys pressed | ${hands.keys} | |`,
      `| active minutes of a person (keystroke-level model) | ${activeMinutes(hands)} | |`,
    ].join('\n'),
  );
  expect(ours * 3).toBeLessThanOrEqual(theirs);
});
