import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { executionOf } from '../reports/pause/execution';
import { failure, type Failure } from '../client/failure';
import { isTool } from '../client/failureForModel';
import { TEXTS } from '../client/failureTexts';
import { isFile } from './receipt';
import { fullReportCalls } from '../reports/fullReport';
import type { Job } from '../reports/job';

/**
 * What this run of the node knows of an earlier try at the same items, which n8n starts again with Retry in its list of
 * executions and with Retry On Fail. n8n drops the output of a node that fails, but keeps the node's memory with the
 * execution, so that what Plaid answered need not be billed again.
 */
export interface Tries {
  /** What an item needs no request for; undefined where it is to be sent */
  earlierOutcome: (item: number, job: Job) => { output: IDataObject[] } | Failure | undefined;
  /** Notes the outcome of an item, if it matters to a later try */
  note: (item: number, job: Job, outcome: INodeExecutionData[] | Failure) => void;
  /** Keeps what was noted for another try */
  keep: () => void;
  /** Drops it once no other try can follow */
  forget: () => void;
}

/** What is kept of an item that created something or may be billed. */
type Kept = { request: string } & (
  { output: IDataObject[] } | { failure: Failure } | { isNotKept: true }
);

/** By index of the item. */
type Try = Record<string, Kept>;

/** Its key in the node's memory, which has one try for each run of the node in a loop. */
const TRIES = 'earlierTries';

/** n8n saves all of it in one text with the execution; what is beyond it is kept without its output. */
const MAX_OUTPUT_BYTES = 4_000_000;

export function openTries(context: IExecuteFunctions): Tries {
  const execution = executionOf(context);
  // An AI agent calls a tool again for reasons of its own.
  if (!execution || isTool(context.getNode())) return NO_TRIES;
  const { memory, hasRun } = execution;
  const runIndex = String(context.evaluateExpression('{{ $runIndex }}', 0));
  const all = (memory[TRIES] ?? {}) as Record<string, Try>;
  const earlier = all[runIndex];
  const isUnknown = !earlier && hasRun && runIndex === '0' && context.getMode() === 'retry';
  const noted = new Map(Object.entries(earlier ?? {}));
  // Only Retry On Fail runs a node again that continues on failure.
  const mayBeRepeated = !context.continueOnFail() || context.getNode().retryOnFail === true;
  return {
    earlierOutcome(item, job) {
      if (job.ifRetried === 'sendAgain' || isSafeToRepeat(job)) return undefined;
      if (isUnknown) return notAgain(TEXTS.earlierTryUnknown);
      const kept = earlier?.[item];
      return kept && outcomeFrom(kept, job);
    },
    note(item, job, outcome) {
      if (!mayBeRepeated || isSafeToRepeat(job)) return;
      const request = digestOf(job);
      if (!Array.isArray(outcome)) {
        if (outcome.may_have_succeeded) noted.set(String(item), { request, failure: outcome });
      } else if (outcome.some(isFile)) {
        noted.set(String(item), { request, isNotKept: true });
      } else {
        noted.set(String(item), { request, output: outcome.map(({ json }) => json) });
      }
    },
    keep() {
      memory[TRIES] = { ...all, [runIndex]: Object.fromEntries(withinLimit(noted)) };
    },
    forget() {
      if (!earlier) return;
      memory[TRIES] = Object.fromEntries(Object.entries(all).filter(([run]) => run !== runIndex));
    },
  };
}

const NO_TRIES: Tries = {
  earlierOutcome: () => undefined,
  note: () => undefined,
  keep: () => undefined,
  forget: () => undefined,
};

function outcomeFrom(kept: Kept, job: Job): { output: IDataObject[] } | Failure | undefined {
  if ('failure' in kept) {
    // It looks for what the earlier try created, once Plaid is sure to show it.
    if (job.look && isShownByNow(kept.failure, job)) return undefined;
    const { failure: earlier } = kept;
    const steps = [...earlier.steps, TEXTS.sendAgainOption];
    return { ...earlier, message: TEXTS.notSentAgain(earlier.message), steps };
  }
  if (kept.request !== digestOf(job)) return notAgain(TEXTS.answeredOtherRequest);
  return 'output' in kept ? { output: kept.output } : notAgain(TEXTS.answerNotKept);
}

/** Plaid may take minutes to show a report whose creation was not answered. */
const SHOWN_AFTER_MS = 5 * 60_000;

/** Whether a look would find what an earlier try created. */
function isShownByNow({ attempts = [] }: Failure, { ifReportExists }: Job): boolean {
  const looksAtNone = ifReportExists?.mode === 'notOlderThan' && ifReportExists.maxAgeMs === 0;
  const last = attempts.at(-1);
  const endedAt = last ? Date.parse(last.started_at) + last.duration_ms : Infinity;
  return !looksAtNone && Date.now() - endedAt > SHOWN_AFTER_MS;
}

const notAgain = (message: string): Failure =>
  failure({ kind: 'not_sent', message, steps: [TEXTS.sendAgainOption], may_have_succeeded: true });

/** Whether an item can be sent twice without creating or being billed twice. */
export function isSafeToRepeat(job: Job): boolean {
  const { operation, call, ifExpired, previewRequest } = job;
  if (previewRequest) return true;
  const { parts } = operation;
  const reads = parts ? fullReportCalls(parts, call).map(([, part]) => part) : [call];
  // What a read creates where there is no report must not be created twice either.
  return [...reads, ...(ifExpired ? [ifExpired] : [])].every(
    ({ howToVerify }) => howToVerify === null,
  );
}

/** Tells requests and forms of output apart without keeping what they hold. */
export function digestOf({ call, output, splitIntoItems, pause, ...job }: Job): string {
  const { baseUrl, path, body } = call;
  // A pause has an address of its own in each try.
  const sent = pause ? { ...body, webhook: null } : body;
  const { leaveOutPersonalData, requiredFacts, ifProductFails } = job;
  const rules = [output, splitIntoItems, leaveOutPersonalData, requiredFacts, ifProductFails];
  const parts = JSON.stringify([baseUrl, path, sent, ...rules]);
  return createHash('sha256').update(parts).digest('base64');
}

function withinLimit(noted: ReadonlyMap<string, Kept>): Array<[string, Kept]> {
  let bytes = 0;
  return [...noted].map(([item, kept]): [string, Kept] => {
    if (!('output' in kept)) return [item, kept];
    const size = JSON.stringify(kept.output).length;
    if (bytes + size > MAX_OUTPUT_BYTES) return [item, { request: kept.request, isNotKept: true }];
    bytes += size;
    return [item, kept];
  });
}
