import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/server';
import type { Cluster } from './cluster';
import { activeOnes, allEnded, executionsOf } from './executions';
import { countOf, type Outcome } from './table';
import { PURPOSE, usersOf } from './users';
import { PLAID_CHECK, publish, start, WHEN_ASKED, type NodeSpec } from './workflows';

const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';

const LOOK_EVERY_MS = 250;

const NODES: readonly NodeSpec[] = [
  WHEN_ASKED,
  {
    name: 'Create and Wait',
    type: PLAID_CHECK,
    parameters: {
      resource: 'checkReport',
      operation: 'create',
      user_id: '={{ $json.body.user_id }}',
      ...PURPOSE,
      days_requested: 90,
      options: { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 3_600 } } },
    },
  },
  {
    name: 'Read',
    type: PLAID_CHECK,
    parameters: {
      resource: 'checkReport',
      operation: 'getBaseReport',
      user_id: '={{ $json.user_id }}',
      ...PURPOSE,
    },
  },
];

/** Executions that wait for Plaid's webhook. */
export interface Paused {
  /** Lets Plaid finish the reports and send its webhooks, and counts how often each execution went on. */
  resume(): Promise<Outcome>;
}

/** @param plaid whose reports are ready after `readyAfterMs` of its own clock, for users called "paused" */
export async function pauseExecutions(
  cluster: Cluster,
  plaid: Sandbox,
  { count, readyAfterMs }: { count: number; readyAfterMs: number },
): Promise<Paused> {
  const { postgres, rest } = cluster;
  const { url, clientId, secret } = plaid;
  const credential = await rest.call<{ id: string; name: string }>('POST', '/rest/credentials', {
    name: 'Plaid that takes its time',
    type: 'plaidCheckApi',
    data: { environment: 'custom', customBaseUrl: url, clientId, secret },
  });
  const workflow = await publish(cluster, 'paused', NODES, credential);
  const users = usersOf('paused', count).map(({ user_id }) => user_id);
  for (const user_id of users) await start(cluster, workflow, { user_id });
  const waiting = async () =>
    (await executionsOf(postgres, workflow.id)).filter(({ status }) => status === 'waiting');
  while ((await waiting()).length < count) await pause(LOOK_EVERY_MS);
  return {
    async resume() {
      const stillWaiting = (await waiting()).length;
      plaid.clock.advance(readyAfterMs);
      await plaid.webhooksSettled();
      const executions = await allEnded(postgres, workflow.id, count);
      const figures = {
        ...countOf(users.map((user) => plaid.done(READ, user))),
        results: executions.filter(({ status }) => status === 'success').length,
        inDoubt: users.filter((user) => plaid.done(CREATE, user) !== 1).length,
        stuck: activeOnes(executions).length,
      };
      return { figures, note: `${stillWaiting} waited until the end` };
    },
  };
}
