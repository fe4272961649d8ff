import { randomUUID } from 'node:crypto';
import Table from 'cli-table3';

import type { Editor } from '../../launcher/index';
import { makeWorkflow, publish, type NodeSpec } from './workflows';

/**
 * A burst of webhooks of Plaid in a regular n8n: how many are answered too late, for this trigger and for n8n's Webhook node,
 * which checks no signature. They take turns.
 */

const WEBHOOKS = 300;
const RUNS = 3;

/** Plaid sends a webhook again that is not answered by then (https://plaid.com/docs/api/webhooks/). */
const LATE_MS = 10_000;

/** ms between two bursts, in which n8n runs what it has answered. */
const PAUSE_MS = 20_000;

export interface BurstRun {
  late: number;
  /** Answered with another status than 200, or not at all */
  failed: number;
  medianMs: number;
  slowestMs: number;
}

export interface BurstRuns {
  name: string;
  runs: BurstRun[];
}

const TRIGGERS: ReadonlyArray<{ node: NodeSpec; pathOf: (webhookId: string) => string }> = [
  {
    node: {
      name: 'Plaid Check Trigger',
      type: 'n8n-nodes-plaid-check.plaidCheckTrigger',
      typeVersion: 2,
      parameters: { events: ['CHECK_REPORT.USER_CHECK_REPORT_READY'], filters: {} },
    },
    pathOf: (webhookId) => `${webhookId}/webhook`,
  },
  {
    node: {
      name: 'Webhook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      parameters: { httpMethod: 'POST', path: 'burst', options: {} },
    },
    pathOf: () => 'burst',
  },
];

const eventOf = (index: number) =>
  JSON.stringify({
    webhook_type: 'CHECK_REPORT',
    webhook_code: 'USER_CHECK_REPORT_READY',
    user_id: `usr_burst_${randomUUID()}_${index}`,
    successful_products: ['cra_base_report'],
    failed_products: [],
    environment: 'sandbox',
  });

export async function measureBurst(
  editor: Editor,
  tell: (line: string) => void,
): Promise<BurstRuns[]> {
  const credential = await credentialOf(editor);
  const contenders = [];
  for (const { node, pathOf } of TRIGGERS) {
    const webhookId = randomUUID();
    const isOurs = node.type.startsWith('n8n-nodes-plaid-check');
    const trigger = {
      ...node,
      webhookId,
      ...(isOurs && { credentials: { plaidCheckApi: credential } }),
    };
    const goOn = { name: 'Go On', type: 'n8n-nodes-base.noOp', typeVersion: 1 };
    await publish(editor, await makeWorkflow(editor, node.name, [trigger, goOn]));
    const url = `${editor.url}/webhook/${pathOf(webhookId)}`;
    contenders.push({ name: node.name, url, runs: [] as BurstRun[] });
  }
  for (let run = 0; run < RUNS; run++) {
    for (const { name, url, runs } of contenders) {
      await pause();
      const one = await burst(editor, url);
      runs.push(one);
      tell(`${name}: ${one.late} late, slowest ${one.slowestMs.toFixed(0)} ms`);
    }
  }
  return contenders.map(({ name, runs }) => ({ name, runs }));
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

async function credentialOf({ rest }: Editor): Promise<{ id: string; name: string }> {
  const all = await rest.call<Array<{ id: string; name: string }>>('GET', '/rest/credentials');
  const found = all.find(({ name }) => name === 'Plaid Check sandbox');
  if (!found) throw new Error('The editor has no credential for the sandbox');
  return { id: found.id, name: found.name };
}

async function burst({ sandbox }: Editor, url: string): Promise<BurstRun> {
  const bodies = Array.from({ length: WEBHOOKS }, (_, index) => eventOf(index));
  const signed = bodies.map((body) => ({ body, verification: sandbox.signWebhook(body) }));
  const answers = await Promise.all(
    signed.map(async ({ body, verification }) => {
      const begin = performance.now();
      const status = await post(url, body, verification);
      return { status, ms: performance.now() - begin };
    }),
  );
  const times = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  return {
    late: times.filter((ms) => ms > LATE_MS).length,
    failed: answers.filter(({ status }) => status !== 200).length,
    medianMs: times[Math.floor(times.length / 2)] ?? NaN,
    slowestMs: times.at(-1) ?? NaN,
  };
}

async function post(url: string, body: string, verification: string): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', 'plaid-verification': verification };
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

export function burstTable(all: readonly BurstRuns[]): string {
  const table = new Table({
    head: [
      `${WEBHOOKS} webhooks at once to`,
      `after ${LATE_MS / 1000} s, by run`,
      'not 200',
      'median, by run',
      'slowest, by run',
      'wanted',
    ],
    style: { head: [], border: [] },
  });
  for (const { name, runs } of all) {
    const isHeld = runs.every(({ late, failed }) => late + failed === 0);
    const each = (of: (run: BurstRun) => number) =>
      runs.map((run) => of(run).toFixed(0)).join(', ');
    table.push([
      name,
      each(({ late }) => late),
      each(({ failed }) => failed),
      `${each(({ medianMs }) => medianMs)} ms`,
      `${each(({ slowestMs }) => slowestMs)} ms`,
      `0: ${isHeld ? 'held' : 'NOT HELD'}`,
    ]);
  }
  return table.toString();
}
