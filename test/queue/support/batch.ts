import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/server';
import type { Cluster } from './cluster';
import { activeOnes, allEnded, executionsOf, outputsOf } from './executions';
import type { N8nProcess } from './n8nProcess';
import { countOf, type Outcome } from './table';
import { PURPOSE, usersOf } from './users';
import { PLAID_CHECK, publish, SPLIT_OUT, start, WHEN_ASKED, type NodeSpec } from './workflows';

/** How many requests of a run are in flight at most. */
export const REQUESTS_AT_ONCE = 10;

/** Creates reports as docs/when-n8n-stops.md says, so that it can run again. */
const CREATE: NodeSpec = {
  name: 'Create',
  type: PLAID_CHECK,
  onError: 'continueRegularOutput',
  parameters: {
    resource: 'checkReport',
    operation: 'create',
    user_id: '={{ $json.user_id }}',
    ...PURPOSE,
    days_requested: 90,
    webhook: 'https://example.com/plaid',
    additionalFields: { client_report_id: '={{ $json.application }}' },
    options: {
      ifReportExists: { values: { mode: 'sameClientReportId' } },
      throttling: { values: { concurrency: REQUESTS_AT_ONCE } },
    },
  },
};

/** A workflow that creates a report for each of its users. */
export interface Batch {
  /** Starts the workflow; resolves when n8n has accepted it. */
  run(): Promise<void>;
  /** The worker that runs the newest execution. */
  worker(): Promise<N8nProcess>;
  /** Resolves when a worker is done with the first execution. */
  finished(worker: N8nProcess): Promise<void>;
  /** Resolves when so many users have a report, with how many have. */
  created(count: number): Promise<number>;
  /**
   * Waits until so many executions have ended, and counts.
   * @param made before something happened, for the note
   */
  outcome(executions: number, made: number): Promise<Outcome>;
}

const LOOK_EVERY_MS = 20;

/** @param name of the case, whose users the sandbox knows (`usersOf`) */
export async function createBatch(
  cluster: Cluster,
  plaid: Sandbox,
  name: string,
  size: number,
): Promise<Batch> {
  const { postgres, workers } = cluster;
  const workflow = await publish(cluster, name, [WHEN_ASKED, SPLIT_OUT, CREATE]);
  const users = usersOf(name, size).map(({ user_id }) => user_id);
  const items = users.map((user_id) => ({ user_id, application: `application of ${user_id}` }));
  const counts = () => users.map((user) => plaid.reportsCreated(user));
  return {
    run: () => start(cluster, workflow, { items }),
    async worker() {
      const executions = await executionsOf(postgres, workflow.id);
      const started = `Worker started execution ${executions.at(-1)?.id} `;
      const busy = workers.find((worker) => worker.log().includes(started));
      if (!busy) throw new Error('No worker has started the execution');
      return busy;
    },
    async finished(worker) {
      const [first] = await executionsOf(postgres, workflow.id);
      const ends = new RegExp(`(finished|errored while running) execution ${first?.id} `);
      while (!ends.test(worker.log())) await pause(LOOK_EVERY_MS);
    },
    async created(count) {
      for (;;) {
        const made = counts().filter((one) => one > 0).length;
        if (made >= count) return made;
        await pause(LOOK_EVERY_MS);
      }
    },
    async outcome(count, made) {
      const executions = await allEnded(postgres, workflow.id, count);
      const succeeded = executions.filter(({ status }) => status === 'success');
      const ids = succeeded.slice(-1).map(({ id }) => id);
      const output = (await outputsOf(postgres, ids, CREATE.name)).flat() as ReportItem[];
      const errors = output.flatMap(({ error }) => error ?? []);
      const figures = {
        ...countOf(counts()),
        results: output.length - errors.length,
        inDoubt: errors.filter(({ may_have_succeeded }) => may_have_succeeded).length,
        stuck: activeOnes(executions).length,
      };
      const statuses = executions.map(({ status }) => status);
      const kinds = new Set(errors.map(({ kind, message }) => `${kind} (${message})`));
      const note = [`${made} made before`, ...statuses, ...kinds].join(', ');
      return { figures, note };
    },
  };
}

interface ReportItem {
  error?: { kind: string; message: string; may_have_succeeded: boolean };
}
