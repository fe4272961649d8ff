import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Table from 'cli-table3';

import type { Editor } from '../../launcher/index';
import { answersOf, userOf } from '../answer';
import { KEYS } from '../request';
import { itemsOf, makeWorkflow } from './workflows';

/** From how many large answers on n8n can't save an execution any more. */

/** A base report in full. */
const REPORT_BYTES = 330_000;

/** Around the length at which the text of the execution gets too long for V8, 2^29 - 24 characters. */
const COUNTS = [500, 1_500, 1_700];

/** Heap for the largest of them, and the size of an execution without its data, which would be read again. */
export const SAVED_ENV = {
  NODE_OPTIONS: '--max-old-space-size=12000',
  EXECUTIONS_DATA_MAX_DISPLAY_SIZE: '1000000',
};

const ENDED_WITHIN_MS = 15 * 60_000;
const LOOK_EVERY_MS = 1_000;

/** What n8n logs when it can't save the data. */
const FAILED = /Invalid string length|out of memory/;

/** For what n8n still does with the execution. */
const AFTERMATH_MS = 20_000;

export interface SavedRun {
  reports: number;
  /** As n8n shows it in the end */
  status: string;
  /** Of the execution's data as n8n saves it, in MB; null where it has none of the node */
  savedMb: number | null;
  /** What n8n logs of it */
  error: string | null;
}

export async function measureSaved(
  editor: Editor,
  tell: (line: string) => void,
): Promise<SavedRun[]> {
  const { server, url } = await reports();
  try {
    const data = { environment: 'custom', customBaseUrl: url, ...KEYS };
    const credential = await editor.rest.call<{ id: string; name: string }>(
      'POST',
      '/rest/credentials',
      { name: 'Large reports', type: 'plaidCheckApi', data },
    );
    const all: SavedRun[] = [];
    for (const count of COUNTS) {
      const run = await runOnce(editor, count, credential);
      tell(`${count} reports: ${JSON.stringify(run)}`);
      all.push(run);
    }
    return all;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function runOnce(
  editor: Editor,
  reports: number,
  { id, name }: { id: string; name: string },
): Promise<SavedRun> {
  const users = Array.from({ length: reports }, (_, item) => userOf(item));
  const workflow = await makeWorkflow(editor, `${reports} reports`, [
    ...itemsOf(users),
    {
      name: 'Reports',
      type: 'n8n-nodes-plaid-check.plaidCheck',
      typeVersion: 1,
      parameters: {
        resource: 'checkReport',
        operation: 'getBaseReport',
        user_id: '={{ $json.user_id }}',
        output: 'full',
      },
      credentials: { plaidCheckApi: { id, name } },
    },
  ]);
  const logged = editor.log().length;
  await editor.rest.call('POST', `/rest/workflows/${workflow}/run`, {
    triggerToStartFrom: { name: 'Start' },
  });
  const failed = () => FAILED.exec(editor.log().slice(logged))?.[0] ?? null;
  let isOver = false;
  void editor.crashed.then(() => (isOver = true));
  const deadline = Date.now() + ENDED_WITHIN_MS;
  let last: Execution | undefined;
  while (!isOver && failed() === null && Date.now() < deadline) {
    await pause(LOOK_EVERY_MS);
    // n8n answers nothing while it makes the text, and may drop the connection.
    last = await newestOf(editor, workflow).catch(() => last);
    isOver ||= last !== undefined && last.status !== 'running';
  }
  if (failed() !== null) await pause(AFTERMATH_MS);
  const { status, jsonSizeBytes } = await sizeOf(editor, workflow);
  return {
    reports,
    status,
    savedMb: jsonSizeBytes > REPORT_BYTES ? Math.round(jsonSizeBytes / 1e6) : null,
    error: failed(),
  };
}

interface Execution {
  id: string;
  status: string;
}

async function newestOf({ rest }: Editor, workflowId: string): Promise<Execution | undefined> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }));
  const { results } = await rest.call<{ results: Execution[] }>(
    'GET',
    `/rest/executions?filter=${filter}`,
  );
  return results[0];
}

async function sizeOf(editor: Editor, workflow: string) {
  const { id = '' } = (await newestOf(editor, workflow)) ?? {};
  return await editor.rest.call<{ status: string; jsonSizeBytes: number }>(
    'GET',
    `/rest/executions/${id}`,
  );
}

/** Answers every request with a report of its own: n8n saves equal texts once, so IDs and descriptions must differ. */
async function reports(): Promise<{ server: Server; url: string }> {
  // The rest is what makes a report one of its user.
  const answerFor = answersOf(REPORT_BYTES * 0.92);
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { user_id } = JSON.parse(body) as { user_id: string };
      const report = answerFor(user_id)
        .replaceAll('txn_', `txn_${user_id}_`)
        .replaceAll('ACH transfer ', `ACH transfer of ${user_id.slice(-6)} `);
      response.writeHead(200, { 'content-type': 'application/json' }).end(report);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function savedTable(runs: readonly SavedRun[]): string {
  const table = new Table({
    head: ['reports of 330 kB', 'status', 'saved', 'n8n logs'],
    style: { head: [], border: [] },
  });
  for (const { reports, status, savedMb, error } of runs) {
    table.push([reports, status, savedMb === null ? 'nothing' : `${savedMb} MB`, error ?? '']);
  }
  return table.toString();
}
