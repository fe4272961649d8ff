import type { Sandbox } from '../../../sandbox/server';
import type { Cluster } from './cluster';
import { activeOnes, allEnded, outputsOf, type OutputItem } from './executions';
import { countOf, type Outcome } from './table';
import { publish, WHEN_PLAID_CALLS, type NodeSpec } from './workflows';

/** A webhook of Plaid about a user. */
export const eventOf = (user_id: string) => ({
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_READY',
  user_id,
  successful_products: ['cra_base_report'],
  failed_products: [],
  environment: 'sandbox',
});

/** What gets past n8n's Remove Duplicates, as docs/webhooks.md sets it up. */
const removeDuplicatesBy = (key: string): NodeSpec => ({
  name: 'Remove Duplicates',
  type: 'n8n-nodes-base.removeDuplicates',
  typeVersion: 2,
  retryOnFail: true,
  parameters: {
    operation: 'removeItemsSeenInPreviousExecutions',
    dedupeValue: `={{ $json.${key} }}`,
    options: {},
  },
});

/** A workflow behind Plaid's webhooks that drops duplicates. */
export interface Deduplicating {
  /** Sends a delivery to one of the webhook processes. Throws unless it is acknowledged. */
  deliver(process: number, body: string, verification: string): Promise<void>;
  /** Resolves when no execution runs any more. */
  settled(): Promise<void>;
  /** How often an event of each user got past Remove Duplicates. */
  outcome(users: readonly string[]): Promise<Outcome>;
}

/** @param key the field of the trigger's item that Remove Duplicates compares */
export async function deduplicateBy(cluster: Cluster, key: string): Promise<Deduplicating> {
  const { postgres, webhooks } = cluster;
  const node = removeDuplicatesBy(key);
  const workflow = await publish(cluster, key, [WHEN_PLAID_CALLS, node]);
  return {
    async deliver(process, body, verification) {
      const port = webhooks[process % webhooks.length]?.port;
      const status = await post(`http://127.0.0.1:${port}${workflow.path}`, body, verification);
      if (status !== 200) throw new Error(`n8n answered ${status} to a webhook`);
    },
    settled: async () => void (await allEnded(postgres, workflow.id, 1)),
    async outcome(users) {
      const executions = await allEnded(postgres, workflow.id, 1);
      const ids = executions.map(({ id }) => id);
      const kept = (await outputsOf(postgres, ids, node.name)).flat();
      const figures = {
        ...countOf(users.map((user) => about(kept, user).length)),
        results: kept.length,
        inDoubt: executions.filter(({ status }) => status !== 'success').length,
        stuck: activeOnes(executions).length,
      };
      return { figures, note: `${executions.length} executions` };
    },
  };
}

/** A webhook of Plaid about a report, which no other one is about. */
const readyReport = (report_id: string) => ({
  webhook_type: 'CRA_REPORT',
  webhook_code: 'CRA_REPORT_READY',
  report_id,
  successful_products: ['cra_base_report'],
  failed_products: [],
  environment: 'sandbox',
});

/** What an item of a trigger is about, for any delivery of the same event. */
function keyOf({ content_key, body }: OutputItem): unknown {
  return content_key ?? (body as { report_id: string }).report_id;
}

/**
 * Sends webhooks of Plaid about so many reports through the load balancer, all at once, and retries as Plaid does.
 * @param trigger the node that gets them
 * @returns how many were retried, too
 */
export async function sendBurst(
  cluster: Cluster,
  plaid: Sandbox,
  count: number,
  trigger: NodeSpec,
): Promise<Outcome & { retried: number }> {
  const { postgres, webhookUrl } = cluster;
  const goOn = { name: 'Go On', type: 'n8n-nodes-base.noOp' };
  const workflow = await publish(cluster, `burst for ${trigger.name}`, [trigger, goOn]);
  const url = webhookUrl + workflow.path;
  const deliveries = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      plaid.sendWebhook(url, readyReport(`report_${index}`)),
    ),
  );
  const executions = await allEnded(postgres, workflow.id, count);
  const ids = executions.filter(({ status }) => status === 'success').map(({ id }) => id);
  const items = (await outputsOf(postgres, ids, trigger.name)).flat();
  const keys = items.map(keyOf);
  const events = new Set(keys);
  const retried = deliveries.filter(({ attempts }) => attempts.length > 1).length;
  const figures = {
    ...countOf([...events].map((event) => keys.filter((key) => key === event).length)),
    wanted: count,
    results: events.size,
    inDoubt: deliveries.filter(({ delivered }) => !delivered).length,
    stuck: activeOnes(executions).length,
  };
  return { figures, note: `${retried} retried by Plaid`, retried };
}

const about = (items: readonly OutputItem[], user: string) =>
  items.filter(({ user_id }) => user_id === user);

async function post(url: string, body: string, verification: string): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-verification': verification },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
