import { setTimeout } from 'node:timers/promises';
import type { Fault } from '../../../sandbox/injection/index';
import type { Sandbox } from '../../../sandbox/server';
import { AMARA } from '../samples/applications';
import { byFields, runPlaidCheck, withOptions } from '../workflows/runPlaidCheck';
import { REQUESTS } from './faultCells';
import { DATABASE_FAILURES } from './n8nFailures';

/** A failure of n8n itself. */
interface N8nFault {
  /** n8n's reads of the credential that fail, counted from 1 */
  failedReads?: { from: number; to: number };
  /** When n8n cancels the execution: as it reads the credential, or so long after the request has arrived */
  cancelled?: 'at the credential' | { afterMs: number };
  /** What Plaid does meanwhile */
  plaid?: Fault;
}

/** The failures of docs/fault-matrix.md that are n8n's own, by the names used there. */
export const N8N_FAULTS: Readonly<Record<string, N8nFault>> = {
  'Database fails before the first request, for a moment': { failedReads: { from: 1, to: 2 } },
  'Database fails before the first request, for good': { failedReads: { from: 1, to: Infinity } },
  'Database fails once requests are sent, for good': { failedReads: { from: 2, to: Infinity } },
  'Execution cancelled before the request': { cancelled: 'at the credential' },
  'Execution cancelled before the response': {
    cancelled: { afterMs: 0 },
    plaid: { kind: 'slow_first_byte', ms: 60_000 },
  },
  'Execution cancelled before a retry': {
    cancelled: { afterMs: 1000 },
    plaid: { kind: 'planned_maintenance' },
  },
};

/** One cell of the table. */
export interface N8nCell {
  fault: string;
  requests: string;
  continueOnFail: boolean;
}

const [, THROWN] = DATABASE_FAILURES[0] ?? [];

/** Runs one item through the compiled node while n8n fails. How it ended, in the words of the table. */
export async function observeN8n(sandbox: Sandbox, cell: N8nCell): Promise<string> {
  const request = REQUESTS[cell.requests];
  const fault = N8N_FAULTS[cell.fault];
  if (!request || !fault) throw new Error(`Nothing known of ${cell.requests}: ${cell.fault}`);
  const { failedReads = { from: Infinity, to: 0 }, cancelled, plaid } = fault;
  sandbox.reset();
  if (plaid) sandbox.faults.set({ rules: [{ faults: [plaid] }] });

  const stop = new AbortController();
  let reads = 0;
  const onCredentialRead = async () => {
    reads++;
    if (cancelled === 'at the credential') stop.abort();
    if (reads >= failedReads.from && reads <= failedReads.to) throw THROWN;
  };
  const { path } = request.operation;
  const sent = () => sandbox.requests.filter((arrived) => arrived.path === path).length;
  const running = runPlaidCheck(
    sandbox,
    withOptions(byFields(request.operation, request.body as Parameters<typeof byFields>[1]), {
      // Longer than the test: a retry would be seen as one that never ends.
      retry: { values: { maxAttempts: 3, interval: 600, maxInterval: 600 } },
    }),
    [{ user: AMARA }],
    cell.continueOnFail ? { onError: 'continueRegularOutput' } : {},
    { signal: stop.signal, onCredentialRead },
  );
  if (typeof cancelled === 'object') {
    while (sent() === 0) await setTimeout(20);
    await setTimeout(cancelled.afterMs);
    stop.abort();
  }
  const { status, error, json } = await running;
  return `${ended(status, error, json[0])} (sent ${sent()}, done ${sandbox.done(path, AMARA)})`;
}

function ended(status: string, error: unknown, item: unknown): string {
  const { error: failure } = (item ?? {}) as { error?: { kind: string; next_step: string | null } };
  if (failure) return `error: ${failure.kind}${warning(failure.next_step)}`;
  if (status === 'success') return 'answer';
  const { message = '', description } = (error ?? {}) as { message?: string; description?: string };
  const kind = Object.entries(KINDS).find(([, words]) => words.test(message))?.[0] ?? message;
  return `stops: ${kind}${warning(description)}`;
}

/** The kinds of failure, by the words of the error that n8n shows. */
const KINDS = {
  n8n_failed: /^Not sent: n8n could not read the credential/,
  cancelled: /was cancell?ed/,
};

const warning = (text: string | null | undefined) =>
  text?.includes('may have succeeded') ? ', may have succeeded' : '';
