import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { createBatch, REQUESTS_AT_ONCE, type Batch } from './support/batch';
import { startCluster, type Cluster } from './support/cluster';
import { deduplicateBy, eventOf, sendBurst } from './support/deliveries';
import { pauseExecutions, type Paused } from './support/paused';
import { perfect, toTable, type Outcome, type Row } from './support/table';
import { usersOf } from './support/users';
import { WHEN_ASKED, WHEN_PLAID_CALLS } from './support/workflows';

const BATCH = 500;
/** How many reports are made before something happens. */
const MIDDLE = 170;
const PAUSED = 20;
const BURST = 300;
const COPIES = 100;
const RETRIED = 20;

/** More than n8n takes (N8N_GRACEFUL_SHUTDOWN_TIMEOUT, 30 s), as a container platform has to give it. */
const TERMINATION_GRACE_PERIOD_MS = 45_000;

const HOUR_MS = 3_600_000;
/** Plaid waits for 30 s, and four times longer each time. */
const SHORTER_DELAYS_MS = [5_000, 10_000, 20_000, 40_000, 60_000];

/** Each has users of its own. */
const BATCHES = ['killed', 'stopped', 'database', 'redis', 'main', 'frozen'] as const;

/** Plaid, whose reports are ready at once. */
let plaid: Sandbox;
/** A Plaid that takes its time: its webhooks come when the test moves its clock. */
let slowPlaid: Sandbox;
let cluster: Cluster;
let paused: Paused;
const rows: Row[] = [];

beforeAll(async () => {
  const webhooks = { repeatAfterMs: SHORTER_DELAYS_MS };
  const users = BATCHES.flatMap((name) => usersOf(name, BATCH));
  plaid = await startSandbox({ readyAfterMs: 0, users, webhooks });
  slowPlaid = await startSandbox({
    readyAfterMs: HOUR_MS,
    users: usersOf('paused', PAUSED),
    webhooks,
  });
  cluster = await startCluster(plaid, (line) => process.stdout.write(`${line}\n`));
  paused = await pauseExecutions(cluster, slowPlaid, { count: PAUSED, readyAfterMs: HOUR_MS });
}, 300_000);

beforeEach(() => cluster.ensureRunning());

afterAll(async () => {
  process.stdout.write(`\n${toTable(rows)}\n`);
  await cluster?.stop();
  await Promise.all([plaid?.close(), slowPlaid?.close()]);
});

/** Adds a row to the table. */
async function row<T extends Outcome>(name: string, run: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const outcome = await run();
  const { figures, note } = outcome;
  rows.push({ name, figures, note, seconds: Math.round((Date.now() - startedAt) / 1000) });
  return outcome;
}

/** Starts a batch, and returns it in the middle. */
async function middleOf(name: (typeof BATCHES)[number]): Promise<{ batch: Batch; made: number }> {
  const batch = await createBatch(cluster, plaid, name, BATCH);
  await batch.run();
  return { batch, made: await batch.created(MIDDLE) };
}

it('a worker is killed in the middle of 500, and the workflow is run again', async () => {
  const { figures } = await row('worker killed, run again', async () => {
    const { batch, made } = await middleOf('killed');
    await (await batch.worker()).kill();
    await batch.run();
    return await batch.outcome(2, made);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('a worker that is stopped in the middle of 500 ends them first', async () => {
  const { figures, note } = await row('worker stopped by SIGTERM', async () => {
    const { batch, made } = await middleOf('stopped');
    await (await batch.worker()).stop(TERMINATION_GRACE_PERIOD_MS);
    return await batch.outcome(1, made);
  });
  expect(figures).toEqual(perfect(BATCH));
  expect(note).toMatch(/, success$/);
});

it('the database is restarted in the middle of 500', async () => {
  const { figures } = await row('database restarted', async () => {
    const { batch, made } = await middleOf('database');
    await cluster.postgres.stop();
    await cluster.postgres.start();
    return await batch.outcome(1, made);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('Redis is restarted in the middle of 500', async () => {
  const { figures } = await row('Redis restarted', async () => {
    const { batch, made } = await middleOf('redis');
    await cluster.redis.stop();
    await pause(2_000);
    await cluster.redis.start();
    return await batch.outcome(1, made);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('the main process is killed in the middle of 500', async () => {
  const { figures } = await row('main killed', async () => {
    const { batch, made } = await middleOf('main');
    await cluster.main.kill();
    await cluster.main.start();
    return await batch.outcome(1, made);
  });
  expect(figures).toEqual(perfect(BATCH));
});

it('a worker is frozen until n8n gives its execution up, and goes on after the workflow was run again', async () => {
  const { figures } = await row('worker frozen, run again, woken', async () => {
    const { batch, made } = await middleOf('frozen');
    const worker = await batch.worker();
    worker.freeze();
    // Until its requests for jobs have ended, Redis may hand it the second run, too.
    await cluster.redis.waitingForJobs(cluster.workers.length - 1);
    await batch.run();
    const { note } = await batch.outcome(2, made);
    worker.wake();
    await batch.finished(worker);
    const woken = await batch.outcome(2, made);
    return { ...woken, note: `${note}; woken: ${woken.note}` };
  });
  const { once, repeated } = figures;
  expect({ ...figures, once: once + repeated, repeated: 0 }).toEqual(perfect(BATCH));
  // n8n gives a node no way to know: it creates what it had looked for, but not created, when it was frozen.
  expect(repeated).toBeLessThanOrEqual(REQUESTS_AT_ONCE);
});

it('of 100 exact copies over two webhook processes, one gets past Remove Duplicates', async () => {
  const { figures } = await row('100 copies, by delivery_key', async () => {
    const { deliver, settled, outcome } = await deduplicateBy(cluster, 'delivery_key');
    const body = JSON.stringify(eventOf('usr_copies'));
    const verification = plaid.signWebhook(body);
    await deliver(0, body, verification);
    await settled();
    const others = Array.from({ length: COPIES - 1 }, (_, index) => index);
    await Promise.all(others.map((index) => deliver(index, body, verification)));
    return await outcome(['usr_copies']);
  });
  expect(figures).toEqual(perfect(1));
});

it('retries that the other webhook process gets are dropped by the key of the content', async () => {
  const { figures } = await row('20 retries, by content_key', async () => {
    const { deliver, settled, outcome } = await deduplicateBy(cluster, 'content_key');
    const users = Array.from({ length: RETRIED }, (_, index) => `usr_retried_${index}`);
    for (const body of users.map((user) => JSON.stringify(eventOf(user)))) {
      for (const attempt of [0, 1]) {
        await deliver(attempt, body, plaid.signWebhook(body));
        await settled();
      }
    }
    return await outcome(users);
  });
  expect(figures).toEqual(perfect(RETRIED));
});

// After the rows above, as the first webhooks that a process of n8n receives take it longer.
it.each([
  ['Plaid Check Trigger', WHEN_PLAID_CALLS],
  ["n8n's own Webhook node", WHEN_ASKED],
])(
  '%s loses none of 300 webhooks in a burst, and repeats only what Plaid retried',
  async (name, trigger) => {
    const { figures, retried } = await row(`300 webhooks, ${name}`, () =>
      sendBurst(cluster, plaid, BURST, trigger),
    );
    const { repeated } = figures;
    expect(figures).toEqual({ ...perfect(BURST), once: BURST - repeated, repeated });
    // On a busy machine, n8n may start an execution and acknowledge it too late.
    expect(repeated).toBeLessThanOrEqual(retried);
  },
);

it('twenty executions that were paused all the while resume once each', async () => {
  const { figures } = await row('20 paused over all of it', () => paused.resume());
  expect(figures).toEqual(perfect(PAUSED));
});
