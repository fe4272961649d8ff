import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPage } from './support/browser';
import {
  greenNodes,
  importChanged,
  issues,
  readExample,
  succeeded,
  warnings,
  type Example,
} from './support/examples';
import { documentationScreenshot } from './support/screenshots';
import { editor } from './support/shared';
import { until } from './support/until';
import { canvasNode, openWorkflow } from './support/workflows';

/** The pair of examples in a real n8n: imported, part 2 published, part 1 run, its invitations accepted. */

const VIEWPORT = { width: 1600, height: 800 };

/** Where the examples keep their files, as n8n's Docker image allows it. */
const FILES = '/home/node/.n8n-files';

/** The nodes that tell Plaid the trigger's address, which is no https one here. */
const NAME_THE_TRIGGER = ['Create Hosted Link', 'Subscribe to Updates'];

let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'plaid-check-e2e-')));
});

beforeEach(async () => {
  page = await openPage({ viewport: VIEWPORT });
  editor().sandbox.reset();
});

afterEach(() => page.context().close());

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What a person changes before the first run: where files go, and the trigger's address. */
function adapt({ nodes }: Example, webhook = ''): void {
  for (const node of nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')) {
    const text = JSON.stringify(node.parameters)
      .replaceAll(FILES, folder)
      .replaceAll('https://example.com/plaid/webhook', webhook);
    node.parameters = JSON.parse(text) as Record<string, unknown>;
    if (NAME_THE_TRIGGER.includes(node.name)) node.parameters.options = { validateRequest: false };
  }
}

async function importPart(file: string, webhook?: string): Promise<string> {
  const id = await importChanged(page, folder, file, (example) => adapt(example, webhook));
  const notes = await page.getByTestId('sticky').count();
  expect(notes + (await canvasNode(page).count())).toBe(readExample(file).nodes.length);
  expect(await issues(page).count()).toBe(0);
  expect(await warnings(page).allInnerTexts()).toEqual([]);
  // n8n has an address for it before it is saved.
  await until(async () => void (await editor().rest.call('GET', `/rest/workflows/${id}`)));
  await openWorkflow(page, id);
  await documentationScreenshot(page, `example-${file}`);
  return id;
}

interface Invited {
  send_to: string;
}

interface Saved {
  versionId: string;
  nodes: { type: string; webhookId?: string }[];
}

it('a whole life: invitations, reports, decisions, a loan reported, servicing', async () => {
  const { rest, sandbox, url } = editor();
  const report = await importPart('lifecycle-report');
  const { versionId, nodes } = await rest.call<Saved>('GET', `/rest/workflows/${report}`);
  const { webhookId } = nodes.find(({ type }) => type.endsWith('plaidCheckTrigger')) ?? {};
  await rest.call('POST', `/rest/workflows/${report}/activate`, { versionId });
  try {
    const apply = await importPart('lifecycle-apply', `${url}/webhook/${webhookId}/webhook`);
    await page.getByTestId('execute-workflow-button').click();
    await succeeded(rest, apply);
    await until(async () => expect(await greenNodes(page)).toContain('Invitation'));
    expect(await greenNodes(page)).not.toContain('Could Not Invite');

    const links = sandbox.requests.filter(({ path }) => path === '/link/token/create');
    expect(links.map(({ status }) => status)).toEqual([200, 200, 200]);
    const records = (await readdir(folder)).filter((file) => /^plaid-.*\.json$/.test(file));
    expect(records).toHaveLength(3);
    for (const record of records) {
      const { send_to } = JSON.parse(await readFile(join(folder, record), 'utf8')) as Invited;
      sandbox.finishLink(send_to);
    }
    await sandbox.webhooksSettled();

    // A report for each, and an update for each of the two loans.
    const executions = await succeeded(rest, report, 5);
    expect(executions).toHaveLength(5);
    expect(new Set(executions.map(({ mode }) => mode))).toEqual(new Set(['webhook']));
    expect([...sandbox.loans().keys()]).toEqual(['LIFE-1001']);
    const answered = (path: string) =>
      sandbox.requests.filter((request) => request.path === path && request.status === 200);
    expect(answered('/cra/servicing/subscription/create')).toHaveLength(2);
    expect(answered('/cra/report/get')).toHaveLength(2);
    const pdfs = (await readdir(folder)).filter((file) => file.endsWith('.pdf'));
    expect(pdfs).toHaveLength(3);
  } finally {
    await rest.call('POST', `/rest/workflows/${report}/deactivate`, {});
  }
});
