import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from '../../../launcher/install';
import { readyOwner } from '../../../launcher/owner';
import { pack, packageName } from '../../../launcher/package';
import type { Rest } from '../../../launcher/rest';
import { setUp } from '../../../launcher/setUp';
import type { Sandbox } from '../../../sandbox/server';
import { startBalancer } from './balancer';
import { createN8nProcess, type N8nProcess } from './n8nProcess';
import { createPostgres, NAME, type Postgres } from './postgres';
import { findPrograms } from './programs';
import { createRedis, type Redis } from './redis';

/** n8n in queue mode, with what it needs. */
export interface Cluster {
  readonly redis: Redis;
  readonly postgres: Postgres;
  readonly main: N8nProcess;
  readonly workers: readonly N8nProcess[];
  readonly webhooks: readonly N8nProcess[];
  /** Where webhooks go: a load balancer in front of the webhook processes. */
  readonly webhookUrl: string;
  /** The main process's REST API, signed in. */
  readonly rest: Rest;
  /** Starts whatever does not run, and waits until what runs has found back to its database and to Redis. */
  ensureRunning(): Promise<void>;
  /** Ends everything and removes its data. */
  stop(): Promise<void>;
}

/**
 * How soon n8n gives up the execution of a worker that has died or is frozen: by default 60 s and 30 s. Shorter, so that a
 * test need not wait for minutes, and long enough that n8n does not give up a worker of a busy machine.
 */
const GIVE_UP = {
  QUEUE_WORKER_LOCK_DURATION: '30000',
  QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
  QUEUE_WORKER_STALLED_INTERVAL: '10000',
};

/** Starts Redis, Postgres, a main process, two workers and two webhook processes on free ports. */
export async function startCluster(plaid: Sandbox, tell: (line: string) => void): Promise<Cluster> {
  const programs = await findPrograms(tell);
  await install(tell);
  // Outside of the project, as Node would find the project's own packages from inside it.
  const folder = await mkdtemp(join(tmpdir(), 'plaid-check-queue-'));
  // Postgres runs as another user, which has to get to its folder.
  await chmod(folder, 0o711);
  const balancer = await startBalancer();
  const redis = await createRedis(programs.redis, folder);
  const postgres = await createPostgres(programs.postgresFolder, folder);
  const tarball = await pack(join(folder, 'packed'));
  const name = await packageName();
  const env = {
    ...GIVE_UP,
    EXECUTIONS_MODE: 'queue',
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(redis.port),
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: '127.0.0.1',
    DB_POSTGRESDB_PORT: String(postgres.port),
    DB_POSTGRESDB_DATABASE: NAME,
    DB_POSTGRESDB_USER: NAME,
    // docs/webhooks.md recommends it for bursts.
    N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
    N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64url'),
    WEBHOOK_URL: balancer.url,
  };
  const create = (command: 'start' | 'worker' | 'webhook', processName: string) =>
    createN8nProcess({ command, name: processName, folder, tarball, packageName: name, env });
  const main = await create('start', 'main');
  const workers = [await create('worker', 'worker-1'), await create('worker', 'worker-2')];
  const webhooks = [await create('webhook', 'webhook-1'), await create('webhook', 'webhook-2')];
  balancer.setTargets(webhooks.map(({ port }) => port));

  async function ensureRunning(): Promise<void> {
    await Promise.all([redis.start(), postgres.start()]);
    // The main process creates the tables.
    await main.start();
    await Promise.all([...workers, ...webhooks].map((one) => one.start()));
    await redis.connected();
  }

  async function stop(): Promise<void> {
    await Promise.all([main, ...workers, ...webhooks].map((one) => one.stop()));
    await Promise.all([redis.stop(), postgres.stop(), balancer.close()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  try {
    tell('Starting Redis, Postgres and five processes of n8n');
    await ensureRunning();
    const url = `http://127.0.0.1:${main.port}`;
    const rest = await setUp({ url, owner: await readyOwner(folder), sandbox: plaid });
    const webhookUrl = balancer.url;
    return { redis, postgres, main, workers, webhooks, webhookUrl, rest, ensureRunning, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
