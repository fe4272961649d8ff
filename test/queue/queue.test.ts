import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type DemoUser, type Sandbox } from '../../sandbox/server';
import { startCluster, type Cluster } from './support/cluster';
import { activeOnes, allEnded, executionsOf, outputsOf } from './support/executions';
import type { N8nProcess } from './support/n8nProcess';
import { perfect, toTable, type Outcome, type Row } from './support/table';
import {
  PLAID_CHECK,
  publish,
  SPLIT_OUT,
  start,
  WHEN_ASKED,
  WHEN_PLAID_CALLS,
  type NodeSpec,
  type Workflow,
} from './support/workflows';

const CREATE = '/cra/check_report/create';
const READ = '/cra/check_report/base_report/get';

const BATCH = 500;
const PAUSED = 20;
const BURST = 300;
const COPIES = 100;
const RETRIED = 20;

/** How long a killed or frozen worker's execution may go on looking as if it ran. */
const GIVEN_UP_WITHIN_MS = 60_000;

const CASES = ['killed', 'database', 'redis', 'main', 'frozen'] as const;

const usersOf = (name: string, count: number): DemoUser[] =>
  Array.from({ length: count }, (_, index) => ({
    user_id: `usr_${name}_${index}`,
    given_name: name,
    family_name: String(index),
    archetype: 'gig_worker',
  }));

/** Plaid, whose reports are ready after a moment. */
let plaid: Sandbox;
/** A Plaid that takes its time: its webhooks come when the test moves its clock. */
let slowPlaid: Sandbox;
let cluster: Cluster;
let paused: Workflow;
const rows: Row[] = [];

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  plaid = await startSandbox({
    readyAfterMs: 0,
    webhooks: { repeatAfterMs: [1_000, 2_000, 4_000, 8_000] },
    users: CASES.flatMap((name) => usersOf(name, BATCH)),
  });
  slowPlaid = await startSandbox({
    readyAfterMs: HOUR_MS,
    users: usersOf('paused', PAUSED),
    webhooks: { repeatAfterMs: [1_000, 2_000, 4_000] },
  });
  cluster = await startCluster(plaid, tell);
  paused = await pauseTwenty();
}, 300_000);

beforeEach(() => cluster.ensureRunning());

afterAll(async () => {
  process.stdout.write(`\n${toTable(rows)}\n`);
  await cluster?.stop();
  await Promise.all([plaid?.close(), slowPlaid?.close()]);
});

/** Adds a row to the table, and returns what is asserted of it. */
async function row(name: string, run: () => Promise<Outcome>): Promise<Omit<Outcome, 'note'>> {
  const startedAt = Date.now();
  const outcome = await run();
  rows.push({ name, seconds: Math.round((Date.now() - startedAt) / 1000), ...outcome });
  const { note: _note, ...figures } = outcome;
  return figures;
}

const GO_ON: NodeSpec = { name: 'Go On', type: 'n8n-nodes-base.noOp' };

const purpose = { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' };

/** Creates reports as docs/when-n8n-stops.md says, so that it can run again. */
const CREATE_REPEATABLY: NodeSpec = {
  name: 'Create',
  type: PLAID_CHECK,
  onError: 'continueRegularOutput',
  parameters: {
    operation: 'create',
    user_id: '={{ $json.user_id }}',
    ...purpose,
    days_requested: 90,
    webhook: 'https://example.com/plaid',
    additionalFields: { client_report_id: '={{ $json.application }}' },
    options: { ifReportExists: { values: { mode: 'sameClientReportId' } } },
  },
};

interface Batch {
  /** Starts the workflow; resolves when n8n has accepted it. */
  run(): Promise<void>;
  /** The worker that runs the newest execution. */
  worker(): Promise<N8nProcess>;
  /** Resolves when a worker is done with the first execution. */
  finished(worker: N8nProcess): Promise<void>;
  /** How many users have a report. */
  made(): number;
  /** Resolves when that many have one. */
  created(count: number): Promise<void>;
  /** Waits until so many executions have ended, and counts. */
  outcome(executions: number, note: string): Promise<Outcome>;
}

/** A workflow that creates a report for each of 500 users. */
async function createBatch(name: (typeof CASES)[number]): Promise<Batch> {
  const workflow = await publish(cluster, name, [WHEN_ASKED, SPLIT_OUT, CREATE_REPEATABLY]);
  const users = usersOf(name, BATCH).map(({ user_id }) => user_id);
  const items = users.map((user_id) => ({ user_id, application: `application of ${user_id}` }));
  const counts = () => users.map((user) => plaid.reportsCreated(user));
  const made = () => counts().filter((count) => count > 0).length;
  return {
    run: () => start(cluster, workflow, { items }),
    async worker() {
      const executions = await executionsOf(cluster.postgres, workflow.id);
      const started = `Worker started execution ${executions.at(-1)?.id} `;
      const busy = cluster.workers.find((worker) => worker.log().includes(started));
      if (!busy) throw new Error('No worker has started the execution');
      return busy;
    },
    async finished(worker) {
      const [first] = await executionsOf(cluster.postgres, workflow.id);
      const ends = new RegExp(`(finished|errored while running) execution ${first?.id} `);
      while (!ends.test(worker.log())) await pause(250);
    },
    made,
    async created(count) {
      while (made() < count) await pause(20);
    },
    async outcome(count, note) {
      const executions = await allEnded(cluster.postgres, workflow.id, {
        count,
        withinMs: GIVEN_UP_WITHIN_MS,
      });
      const succeeded = executions.filter(({ status }) => status === 'success');
      const ids = succeeded.slice(-1).map(({ id }) => id);
      const items = (await outputsOf(cluster.postgres, ids, CREATE_REPEATABLY.name)).flat();
      const errors = items.flatMap(({ error }) => (error ? [error] : [])) as {
        kind: string;
        may_have_succeeded: boolean;
      }[];
      const kinds = [...new Set(errors.map(({ kind }) => kind))].join(', ');
      return {
        wanted: BATCH,
        once: counts().filter((made) => made === 1).length,
        repeated: counts().filter((made) => made > 1).length,
        results: items.length - errors.length,
        inDoubt: errors.filter(({ may_have_succeeded }) => may_have_succeeded).length,
        stuck: activeOnes(executions).length,
        note: [note, executions.map(({ status }) => status).join(', '), kinds]
          .filter(Boolean)
          .join('; '),
      };
    },
  };
}

it('a worker is killed in the middle of 500, and the workflow is run again', async () => {
  const figures = await row('worker killed, run again', async () => {
    const batch = await createBatch('killed');
    await batch.run();
    await batch.created(170);
    await (await batch.worker()).kill();
    const note = `${batch.made()} made before`;
    await cluster.ensureRunning();
    await batch.run();
    return await batch.outcome(2, note);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('the database is restarted in the middle of 500', async () => {
  const figures = await row('database restarted', async () => {
    const batch = await createBatch('database');
    await batch.run();
    await batch.created(170);
    const note = `${batch.made()} made before`;
    await cluster.postgres.stop();
    await cluster.postgres.start();
    return await batch.outcome(1, note);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('Redis is restarted in the middle of 500', async () => {
  const figures = await row('Redis restarted', async () => {
    const batch = await createBatch('redis');
    await batch.run();
    await batch.created(170);
    const note = `${batch.made()} made before`;
    await cluster.redis.stop();
    await pause(2_000);
    await cluster.redis.start();
    return await batch.outcome(1, note);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('the main process is killed in the middle of 500', async () => {
  const figures = await row('main killed', async () => {
    const batch = await createBatch('main');
    await batch.run();
    await batch.created(170);
    const note = `${batch.made()} made before`;
    await cluster.main.kill();
    await cluster.main.start();
    return await batch.outcome(1, note);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('a worker is frozen until n8n gives its execution up, and goes on after the workflow was run again', async () => {
  const figures = await row('worker frozen, run again, woken', async () => {
    const batch = await createBatch('frozen');
    await batch.run();
    await batch.created(170);
    const worker = await batch.worker();
    worker.freeze();
    const note = `${batch.made()} made before`;
    await batch.run();
    const ended = await batch.outcome(2, note);
    worker.wake();
    await batch.finished(worker);
    return { ...(await batch.outcome(2, ended.note)), note: ended.note };
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('a burst of 300 webhooks starts 300 executions', async () => {
  const figures = await row('300 webhooks in a burst', async () => {
    const workflow = await publish(cluster, 'burst', [WHEN_PLAID_CALLS, GO_ON]);
    const url = cluster.webhookUrl + workflow.path;
    const events = Array.from({ length: BURST }, (_, index) => event(`usr_burst_${index}`));
    const deliveries = await Promise.all(events.map((body) => plaid.sendWebhook(url, body)));
    const executions = await allEnded(cluster.postgres, workflow.id, {
      count: BURST,
      withinMs: GIVEN_UP_WITHIN_MS,
    });
    const ids = executions.filter(({ status }) => status === 'success').map(({ id }) => id);
    const items = (await outputsOf(cluster.postgres, ids, WHEN_PLAID_CALLS.name)).flat();
    const counts = events.map(({ user_id }) => items.filter((one) => one.user_id === user_id));
    const retries = deliveries.flatMap(({ attempts }) => attempts.slice(1)).length;
    return {
      wanted: BURST,
      once: counts.filter(({ length }) => length === 1).length,
      repeated: counts.filter(({ length }) => length > 1).length,
      results: new Set(items.map(({ delivery_key }) => delivery_key)).size,
      inDoubt: deliveries.filter(({ delivered }) => !delivered).length,
      stuck: activeOnes(executions).length,
      note: `${retries} retries by Plaid`,
    };
  });
  expect(figures).toEqual(perfect(BURST));
});

/** What gets past n8n's Remove Duplicates, as docs/webhooks.md sets it up. */
const removeDuplicatesOn = (key: string): NodeSpec => ({
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

interface Deduplicated {
  /** Sends a delivery to one of the webhook processes, and waits for the execution that it may start. */
  deliver(webhook: number, body: string, verification: string): Promise<void>;
  /** Resolves when no execution runs any more. */
  settled(): Promise<void>;
  /** What gets past Remove Duplicates, and how many executions were started. */
  outcome(wanted: readonly string[]): Promise<Outcome>;
}

/** A workflow behind Plaid's webhooks that drops duplicates by a key of the item. */
async function deduplicate(key: string): Promise<Deduplicated> {
  const node = removeDuplicatesOn(key);
  const workflow = await publish(cluster, key, [WHEN_PLAID_CALLS, node]);
  const ended = () =>
    allEnded(cluster.postgres, workflow.id, { count: 1, withinMs: GIVEN_UP_WITHIN_MS });
  return {
    async deliver(webhook, body, verification) {
      const { port } = cluster.webhooks[webhook % cluster.webhooks.length] as N8nProcess;
      const url = `http://127.0.0.1:${port}${workflow.path}`;
      expect(await postWebhook(url, body, verification)).toBe(200);
    },
    settled: async () => void (await ended()),
    async outcome(wanted) {
      const executions = await ended();
      const ids = executions.map(({ id }) => id);
      const kept = (await outputsOf(cluster.postgres, ids, node.name)).flat();
      const counts = wanted.map((user) => kept.filter(({ user_id }) => user_id === user).length);
      return {
        wanted: wanted.length,
        once: counts.filter((count) => count === 1).length,
        repeated: counts.filter((count) => count > 1).length,
        results: kept.length,
        inDoubt: executions.filter(({ status }) => status !== 'success').length,
        stuck: activeOnes(executions).length,
        note: `${executions.length} executions`,
      };
    },
  };
}

it('of 100 exact copies over two webhook processes, one gets past Remove Duplicates', async () => {
  const figures = await row('100 copies, by delivery_key', async () => {
    const { deliver, settled, outcome } = await deduplicate('delivery_key');
    const body = JSON.stringify(event('usr_copies'));
    const verification = plaid.signWebhook(body);
    await deliver(0, body, verification);
    await settled();
    const copies = Array.from({ length: COPIES - 1 }, (_, index) =>
      deliver(index, body, verification),
    );
    await Promise.all(copies);
    const { note, ...rest } = await outcome(['usr_copies']);
    return { ...rest, note: `${COPIES - rest.results} copies dropped, ${note}` };
  });
  expect(figures).toEqual(perfect(1));
});

it('retries that another webhook process gets are dropped by the key of the content', async () => {
  const users = Array.from({ length: RETRIED }, (_, index) => `usr_retried_${index}`);
  const figures = await row('20 retries, by content_key', async () => {
    const { deliver, settled, outcome } = await deduplicate('content_key');
    for (const user of users) {
      const body = JSON.stringify(event(user));
      for (const attempt of [0, 1]) {
        await deliver(attempt, body, plaid.signWebhook(body));
        await settled();
      }
    }
    return await outcome(users);
  });
  expect(figures).toEqual(perfect(RETRIED));
});

async function postWebhook(url: string, body: string, verification: string): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-verification': verification },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

const event = (user_id: string) => ({
  webhook_type: 'CHECK_REPORT',
  webhook_code: 'USER_CHECK_REPORT_READY',
  user_id,
  successful_products: ['cra_base_report'],
  failed_products: [],
  environment: 'sandbox',
});

/** Twenty executions that wait for Plaid's webhook, from before the first case to after the last. */
async function pauseTwenty(): Promise<Workflow> {
  const { url, clientId, secret } = slowPlaid;
  const credential = await cluster.rest.call<{ id: string; name: string }>(
    'POST',
    '/rest/credentials',
    {
      name: 'Plaid that takes its time',
      type: 'plaidCheckApi',
      data: { environment: 'custom', customBaseUrl: url, clientId, secret },
    },
  );
  const nodes: NodeSpec[] = [
    WHEN_ASKED,
    {
      name: 'Create and Wait',
      type: PLAID_CHECK,
      parameters: {
        operation: 'create',
        user_id: '={{ $json.body.user_id }}',
        ...purpose,
        days_requested: 90,
        options: { waitUntilReady: { values: { waitMode: 'webhook', maxWait: 3_600 } } },
      },
    },
    {
      name: 'Read',
      type: PLAID_CHECK,
      parameters: { operation: 'getBaseReport', user_id: '={{ $json.user_id }}', ...purpose },
    },
  ];
  const workflow = await publish(cluster, 'paused', nodes, credential);
  for (const { user_id } of usersOf('paused', PAUSED)) await start(cluster, workflow, { user_id });
  for (;;) {
    const executions = await executionsOf(cluster.postgres, workflow.id);
    if (executions.filter(({ status }) => status === 'waiting').length === PAUSED) return workflow;
    await pause(250);
  }
}

it('twenty executions that were paused all the while resume once each', async () => {
  const figures = await row('20 paused over all of it', async () => {
    slowPlaid.clock.advance(HOUR_MS);
    await slowPlaid.webhooksSettled();
    const executions = await allEnded(cluster.postgres, paused.id, {
      count: PAUSED,
      withinMs: GIVEN_UP_WITHIN_MS,
    });
    const succeeded = executions.filter(({ status }) => status === 'success');
    const reads = usersOf('paused', PAUSED).map(({ user_id }) => slowPlaid.done(READ, user_id));
    return {
      wanted: PAUSED,
      once: reads.filter((count) => count === 1).length,
      repeated: reads.filter((count) => count > 1).length,
      results: succeeded.length,
      inDoubt: slowPlaid.done(CREATE) - PAUSED,
      stuck: activeOnes(executions).length,
      note: `${slowPlaid.webhooks.length} webhooks sent`,
    };
  });
  expect(figures).toEqual(perfect(PAUSED));
});
