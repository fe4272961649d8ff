import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { sendBatch, type SharedResult } from './batch';
import { openHints } from './hints';
import { outputOf } from './output';
import { PARAMETER } from '../fields/names';
import type { RunContext } from '../client/retry';
import {
  automaticConcurrency,
  CAREFUL,
  fixedConcurrency,
  type Concurrency,
  type Throttling,
} from '../client/concurrency';
import { paceOf } from '../client/pace';
import { createThrottle } from '../client/throttle';
import { asObject } from '../utils/json';
import { startDeadline } from '../client/timeout';
import { runPool } from '../utils/pool';
import { includedFields, withInputFields } from '../options/inputFields';
import { absentValue, readOption, type NodeOptions } from '../options/read';
import { previewOf } from './preview';
import { parameterReader } from './parameters';
import { demoMark, readAccount } from '../client/account';
import { optionsReader, readOperation, type ItemReader } from './readItem';
import { billOf } from '../client/bill';
import { isFailure, withOtherItems, type Failure } from '../client/failure';
import { isTool } from '../client/failureForModel';
import { failureError, failureJson } from '../client/tellFailure';
import { hintOfFailures } from './failedItems';
import type { Outcome } from '../client/response';
import { cancelled } from '../client/send';
import { checkItems, batches, type Work } from './readItems';
import { hasErrorOutput } from '../reports/pause/execution';
import { openLedger } from '../reports/ledger';
import { requestDigest } from '../reports/receipts';
import { openExecutionIds, type ExecutionIds } from './executionIds';
import { openJournal, type Journal } from './journal';
import { openAllowance, type Allowance } from './allowance';
import { isSafeToRepeat, openTries, type Tries } from './tries';
import { type Cut, hintOfUnfinished, unfinishedJson } from './unfinished';

/** Items that may wait for their reports concurrently, where created reports are lost if the node stops at an item that fails. */
const MOST_AT_STAKE = 1000;

/** Items that may wait for their reports concurrently: each holds its request in memory, about 10 kB. */
const MAX_WAITING = 20_000;

interface FailedItem {
  item: number;
  failure: Failure;
}

/**
 * Sends a request for each item or batch of items, several concurrently. The output is in the order of the items and
 * paired with them.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on failure
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const tries = openTries(context);
  const allowance = openAllowance(context);
  const executionIds = openExecutionIds(context);
  const journal = openJournal(context, executionIds);
  let output: INodeExecutionData[] | undefined;
  try {
    output = await outputOfItems(context, tries, allowance, executionIds, journal);
    return output;
  } finally {
    allowance.close();
    journal.close();
    if (output && !isTriedAgain(context.getNode(), output)) tries.forget();
    else tries.keep();
    executionIds.save();
  }
}

/** n8n's Retry On Fail looks at the first item alone, also where the node continues on failure. */
const isTriedAgain = ({ retryOnFail }: INode, [first]: INodeExecutionData[]): boolean =>
  retryOnFail === true && Boolean(first?.json.error);

async function outputOfItems(
  context: IExecuteFunctions,
  tries: Tries,
  allowance: Allowance,
  executionIds: ExecutionIds,
  journal: Journal,
): Promise<INodeExecutionData[]> {
  const startedAt = Date.now();
  const continues = context.continueOnFail();
  const node = context.getNode();
  const asTool = isTool(node);
  const account = await readAccount(context);
  const mark = demoMark(account);
  const readAt = parameterReader(context);
  const reading: ItemReader = {
    context,
    node,
    readAt,
    account,
    tries,
    allowance,
    optionsOf: optionsReader(),
  };
  const kept = continues ? [] : await checkItems(reading);
  const { throttling, stopStartingAfter, waits, isLostWithRun, leavesDoubt } = runOptions(reading);
  const isCareful = isLostWithRun && !continues;
  const concurrency = concurrencyOf(throttling.concurrency, leavesDoubt, isCareful);
  const cancel = context.getExecutionCancelSignal();
  const stop = new AbortController();
  const halted = cancel ? AbortSignal.any([cancel, stop.signal]) : stop.signal;
  const time = startDeadline(startedAt + stopStartingAfter - Date.now());
  const run: Omit<RunContext, 'watch'> = {
    context,
    throttle: createThrottle(
      { concurrency, perSecond: throttling.perSecond },
      'key' in account ? paceOf(account.key) : undefined,
    ),
    ...('key' in account && { accountKey: account.key }),
    stopSignal: AbortSignal.any([halted, time.signal]),
    creations: new Map(),
    ledger: openLedger(),
    requestDigest,
  };
  const results: INodeExecutionData[][] = [];
  const failed: FailedItem[] = [];
  const continued: Failure[] = [];
  const unfinished: Cut[] = [];
  const hints = openHints(context, account);
  let areAnswersKept = false;

  const items = context.getInputData().length;
  const atOnce = Math.min(
    items,
    waits ? (isCareful ? MOST_AT_STAKE : MAX_WAITING) : concurrency.most,
  );
  const source = batches(reading, kept);
  const billing = (item: number, { attempts = [] }: Failure, isFirst: boolean) =>
    includesBilling(reading, item) && { billing: isFirst ? billOf(attempts) : [] };
  // On an error output, n8n accepts no field beside `error`, so all else is inside it.
  const isSplit = hasErrorOutput(node);
  const errorWith = (failed: Failure, more: object): IDataObject => {
    const { error } = failureJson(node, failed);
    return { error: { ...asObject(error), ...more } };
  };
  const runItems = async ({ from, work }: Work) => {
    let item = from;
    for await (const { result, items } of outcomes(
      { ...run, watch: journal.watch(from, work) },
      work,
      halted,
    )) {
      let isStopped = false;
      // The items of a batch share its result: where one of them stops the node, the others were sent as well.
      for (const next = item + items; item < next; item++) {
        const isFirst = item === next - items;
        const end = await outputOf(context, result, work, item - from, isFirst, asTool);
        allowance.note(item, end);
        const job = isFailure(work) ? undefined : work[item - from];
        if (job) {
          tries.note(item, job, end);
          hints.note(job, result, isFirst);
          executionIds.note(job, result, end);
          journal.note(item, job, result, end);
          areAnswersKept ||= !isSafeToRepeat(job);
        }
        if (Array.isArray(end)) {
          const input = inputFieldsOf(reading, work, item, from);
          results[item] = end.map((one) => ({
            ...one,
            json: { ...withInputFields(one.json, input), ...mark },
          }));
        } else if (end.kind === 'cancelled' && time.signal.aborted && !halted.aborted) {
          const input = inputFieldsOf(reading, work, item, from);
          const cut = { ...unfinishedJson(end, job), ...billing(item, end, isFirst), ...mark };
          // What is ready and what is not must not leave by one output where there are two, or where facts are required.
          const isIncomplete = job !== undefined && job.requiredFacts.length > 0;
          const json = isSplit
            ? errorWith(end, cut)
            : {
                ...withInputFields({ ...(isIncomplete && errorWith(end, cut)), ...cut }, input),
                ...mark,
              };
          results[item] = [{ json }];
          unfinished[item] = { failure: end, job };
        } else if (continues && end.kind !== 'cancelled') {
          const bill = billing(item, end, isFirst);
          const input = isSplit ? {} : inputFieldsOf(reading, work, item, from);
          const json = isSplit
            ? errorWith(end, { ...mark, ...bill })
            : { ...withInputFields({ ...errorWith(end, mark), ...bill }, input), ...mark };
          results[item] = [{ json }];
          continued[item] = end;
        } else {
          // An item that was cancelled before it was sent counts as not sent.
          const isNotSent =
            stop.signal.aborted && end.kind === 'cancelled' && !end.may_have_succeeded;
          if (!isNotSent) failed.push({ item, failure: end });
          isStopped = true;
        }
      }
      if (isStopped) return false;
    }
    return true;
  };
  await runPool(source, atOnce, stop, runItems).finally(() => time.end());
  // Where the node stops, what was handed over is lost: what was or may have been created is told.
  if (failed.length > 0)
    unfinished.forEach(({ failure }, item) => {
      if (failure.createdReport || failure.may_have_succeeded) failed.push({ item, failure });
    });
  const [first, ...others] = failed.sort(byCauseAndItem);
  if (first) {
    const succeeded = results.filter((result, item) => result && !unfinished[item]).length;
    const otherItems = {
      items,
      succeeded,
      failed: others.map(({ item }) => item),
      areAnswersKept,
    };
    const stopped = withOtherItems(first.failure, otherItems, journal.records());
    throw failureError(node, stopped, first.item);
  }
  hints.show(
    hintOfFailures(continued, items),
    hintOfUnfinished(unfinished, items, stopStartingAfter),
  );
  return results.flatMap((items, item) =>
    items.map((result) => ({ ...result, pairedItem: { item } })),
  );
}

/** The input fields that the output of an item has as well; none where the choice of them can't be read. */
function inputFieldsOf(
  { context, readAt }: ItemReader,
  work: Work['work'],
  item: number,
  from: number,
): IDataObject {
  const choice = isFailure(work)
    ? valueOr(undefined, () => readOption('includeInputFields', readAt(PARAMETER.options, item)))
    : work[item - from]?.includeInputFields;
  return includedFields(choice, context.getInputData()[item]?.json ?? {});
}

/** Whether an item that fails says what it costs; not where the option can't be read. */
const includesBilling = ({ readAt }: ItemReader, item: number): boolean =>
  valueOr(false, () => readOption('includeBilling', readAt(PARAMETER.options, item)));

async function* outcomes(
  run: RunContext,
  work: Work['work'],
  halted: AbortSignal,
): AsyncGenerator<SharedResult> {
  const unsent = unsentResult(work, halted);
  if (unsent) yield { result: { ...unsent, attempts: [] }, items: 1 };
  else if (!isFailure(work)) yield* sendBatch(run, work);
}

/** The outcome of an item for which nothing is sent; undefined where there is a request to send. */
function unsentResult(work: Work['work'], halted: AbortSignal): Outcome | undefined {
  if (halted.aborted) return cancelled;
  if (isFailure(work)) return { failure: work, retry: 'never' };
  if (work[0]?.answered || work[0]?.sameAs) return { json: {} };
  return work[0]?.previewRequest ? { json: previewOf(work[0]) } : undefined;
}

/** The failure that stops the node comes before the items that it cancels; otherwise the first item comes first. */
function byCauseAndItem(one: FailedItem, other: FailedItem): number {
  const isCancelled = ({ failure }: FailedItem) => Number(failure.kind === 'cancelled');
  return isCancelled(one) - isCancelled(other) || one.item - other.item;
}

/**
 * @param leavesDoubt whether each request without an answer would have to be verified
 * @param isCareful whether answers that are in flight when the node stops would be lost although they cost something
 */
function concurrencyOf(
  given: Throttling['concurrency'],
  leavesDoubt: boolean,
  isCareful: boolean,
): Concurrency {
  if (given !== 'automatic') return fixedConcurrency(given);
  if (isCareful) return fixedConcurrency(CAREFUL);
  return leavesDoubt ? automaticConcurrency({ mostUnanswered: CAREFUL }) : automaticConcurrency();
}

/** What holds for a whole run, as the first item's options say. */
interface RunOptions extends Pick<NodeOptions, 'throttling' | 'stopStartingAfter'> {
  /** Whether the requests create something or may be billed */
  isLostWithRun: boolean;
  /** Whether a request without an answer may have created something or be billed */
  leavesDoubt: boolean;
  /** Whether items may wait for reports */
  waits: boolean;
}

/** Options that can't be read are the defaults here: the first item fails with the reason when it is read. */
function runOptions({ readAt }: ItemReader): RunOptions {
  const read = (name: string) => readAt(name, 0);
  // Each by itself, so that one that can't be read takes no other with it.
  const given = (name: keyof NodeOptions) => {
    const value = read(`${PARAMETER.options}.${name}`);
    return value === null ? {} : { [name]: value };
  };
  const valueOf = <Name extends keyof NodeOptions>(name: Name): NodeOptions[Name] =>
    valueOr(absentValue(name), () => readOption(name, given(name)));
  const operation = valueOr(undefined, () => readOperation(read));
  // An option that was added but can't be read may be right for other items, which then wait.
  const isSet = (name: 'waitUntilReady' | 'createIfExpired' | 'createReportIfExpired') =>
    operation !== undefined &&
    valueOr(true, () => readOption(name, given(name), operation) !== undefined);
  return {
    leavesDoubt: operation?.howToVerify !== null,
    isLostWithRun: operation?.billing !== undefined || operation?.howToVerify !== null,
    throttling: valueOf('throttling'),
    stopStartingAfter: valueOf('stopStartingAfter'),
    waits: isSet('waitUntilReady') || isSet('createIfExpired') || isSet('createReportIfExpired'),
  };
}

/** The value that a function reads, or another one where it throws. */
function valueOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
