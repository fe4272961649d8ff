import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failure, type CallIds, type Failure } from '../client/failure';
import { isTool } from '../client/failureForModel';
import { TEXTS } from '../client/failureTexts';
import { cancelled } from '../client/send';
import { executionOf } from '../reports/pause/execution';
import { isExisting } from '../reports/existing';
import type { Job } from '../reports/job';
import { asText } from '../utils/json';
import { isFile } from './receipt';
import { digestOf, isSafeToRepeat } from './tries';

/** The result of one item. */
type End = INodeExecutionData[] | Failure;

/**
 * How many calls of this node one execution still allows that create something or may be billed. The calls are kept in
 * the node's memory, which n8n keeps with the execution, pauses included: an AI agent runs the node once for each call.
 */
export interface Allowance {
  /**
   * Takes one call for an item before it is sent. Undefined where it may be sent, or needs no allowance; a failure where
   * none is left, or where the end of an equal creation of a tool is not known; the end of that creation where it is.
   * @param accountKey a digest that tells accounts apart, as the credential may differ from call to call
   */
  take: (
    item: number,
    job: Job,
    accountKey: string,
  ) => Failure | { same: Promise<End> } | undefined;
  /** Records the result of an item, and releases its call if it had no effect */
  note: (item: number, end: End) => void;
  /** Gives the calls back that were taken but not made */
  close: () => void;
}

/** A call that was made or is being made, as it is kept. */
interface MadeCall {
  request: string;
  /** Empty while it is being made */
  ids: CallIds;
  /** Absent while it is being made, and where it is not to be output again */
  end?: { output: IDataObject[] } | { failure: Failure };
}

/** Its key in the node's memory. */
const CALLS = 'allowedCalls';

/** n8n saves the memory with the execution; a larger answer is not given a second time. */
const MAX_KEPT_LENGTH = 100_000;

/** The calls that this process is making. A second, equal one waits for the first. */
const inFlight = new WeakMap<MadeCall, Promise<End>>();

export function openAllowance(context: IExecuteFunctions): Allowance {
  const memory: Record<string, unknown> = executionOf(context)?.memory ?? {};
  const asTool = isTool(context.getNode());
  const calls = () => (memory[CALLS] ?? []) as MadeCall[];
  const taken = new Map<number, { call: MadeCall; job: Job; settle: (end: End) => void }>();

  const end = (item: number, outcome: End) => {
    const { call, job, settle } = taken.get(item) ?? {};
    if (!call || !job || !settle) return;
    taken.delete(item);
    if (tookEffect(outcome, job)) {
      call.ids = idsOf(outcome);
      if (asTool && creates(job)) call.end = keptEnd(outcome);
    } else memory[CALLS] = calls().filter((one) => one !== call);
    settle(outcome);
  };

  return {
    take(item, job, accountKey) {
      const { allowAtMost } = job;
      if (allowAtMost === Infinity || !mayCreateOrBill(job) || taken.has(item)) return undefined;
      const request = `${accountKey} ${digestOf(job)}`;
      // A read of a report that is still being made has another answer later.
      const equal = asTool && creates(job) && calls().find((one) => one.request === request);
      const same = equal && endOf(equal);
      if (same) return { same };
      if (equal) return refusal(allowAtMost, [equal]);
      if (calls().length >= allowAtMost) {
        const own = [...taken.values()].map(({ call }) => call);
        return refusal(
          allowAtMost,
          calls().filter((one) => !own.includes(one)),
        );
      }
      const call: MadeCall = { request, ids: {} };
      memory[CALLS] = [...calls(), call];
      const ended = new Promise<End>((settle) => taken.set(item, { call, job, settle }));
      inFlight.set(call, ended);
      return undefined;
    },
    note: end,
    close() {
      for (const item of [...taken.keys()]) end(item, cancelled.failure);
    },
  };
}

/** Whether sending a job may create something or be billed. */
const mayCreateOrBill = (job: Job) =>
  !job.previewRequest && (job.operation.billing !== undefined || !isSafeToRepeat(job));

/** Whether a job is known to create something instead of reading what may be billed. */
const creates = ({ operation: { created } }: Job) => created !== undefined;

/** Whether something was, or may have been, created or billed. */
function tookEffect(end: End, { look, operation }: Job): boolean {
  // The look itself may be billed.
  if (Array.isArray(end))
    return look?.call.howToVerify != null || !end.some(({ json }) => isExisting(json));
  const { may_have_succeeded, createdReport, kind, attempts = [] } = end;
  // A product of a full report may fail after others were read.
  const wasRead = operation.parts && attempts.some(({ result }) => result === 'ok');
  return (
    may_have_succeeded ||
    createdReport !== undefined ||
    wasRead === true ||
    IS_AFTER_SUCCESS.includes(kind)
  );
}

/** Failures of an item whose request succeeded. */
const IS_AFTER_SUCCESS: ReadonlyArray<Failure['kind']> = ['incomplete_report', 'not_kept'];

/** What identifies the result of a call: the IDs in its output, or in its failure. */
function idsOf(end: End): CallIds {
  if (!Array.isArray(end)) {
    const { createdReport, request_id } = end;
    return textsOf({ report_id: createdReport?.reportId, request_id });
  }
  const { json = {} } = end[0] ?? {};
  return textsOf(Object.fromEntries(Object.entries(json).filter(([name]) => /_id$/.test(name))));
}

const textsOf = (ids: Record<string, unknown>): CallIds =>
  Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => {
      const text = asText(id);
      return text === null ? [] : [[name, text]];
    }),
  );

function keptEnd(end: End): MadeCall['end'] {
  if (!Array.isArray(end)) return { failure: end };
  const output = end.map(({ json }) => json);
  const isKept = !end.some(isFile) && JSON.stringify(output).length <= MAX_KEPT_LENGTH;
  return isKept ? { output } : undefined;
}

/** The end of a call, now or once it is there; undefined where it is not known. */
function endOf(call: MadeCall): Promise<End> | undefined {
  const { end } = call;
  if (!end) return inFlight.get(call);
  return Promise.resolve(
    'failure' in end ? end.failure : end.output.map((json) => ({ json: { ...json } })),
  );
}

/** Each refused item lists them. */
const MAX_CALLS_LISTED = 20;

function refusal(most: number, calls: readonly MadeCall[]): Failure {
  return failure({
    kind: 'limit_reached',
    message: TEXTS.limitReached(most),
    steps: [TEXTS.raiseLimit],
    earlierCalls: { most, calls: calls.slice(-MAX_CALLS_LISTED).map(({ ids }) => ids) },
  });
}
