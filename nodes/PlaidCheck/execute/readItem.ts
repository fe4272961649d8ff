import type { IExecuteFunctions, INode, JsonObject } from 'n8n-workflow';

import { findOperation, type Operation } from '../catalog/operations';
import { PARAMETER } from '../fields/names';
import { formatPath } from '../fields/path';
import { readCustomRequest, readRequest, type ReadParameter } from '../fields/request';
import { nameInApi, type Problem } from '../fields/rules';
import { planPause } from '../reports/pause/prepare';
import type { Job } from '../reports/job';
import type { Account } from '../client/account';
import { createRequest } from '../reports/createIfExpired';
import { lookFor } from '../reports/lookFor';
import { checkKeptFromModel } from '../options/keptFromModel';
import { readOptions, type NodeOptions } from '../options/read';
import { summariesFor } from '../reports/requiredFacts';
import { checkFacts, outputChoice } from '../options/output';
import type { ReadParameterAt } from './parameters';
import type { Allowance } from './allowance';
import type { Tries } from './tries';
import { failure, isFailure, messageOf, type Failure } from '../client/failure';
import { isTool } from '../client/failureForModel';
import { TEXTS } from '../client/failureTexts';
import type { Call } from '../client/send';

/** What items are read with. */
export interface ItemReader {
  context: IExecuteFunctions;
  /** n8n copies it each time that it is asked for it. */
  node: INode;
  readAt: ReadParameterAt;
  account: Account;
  tries: Tries;
  allowance: Allowance;
  optionsOf: typeof readOptions;
}

/** Reads and checks options once as long as they stay the same, as they do unless they hold an expression. */
export function optionsReader(): ItemReader['optionsOf'] {
  let last: { of: unknown[]; options: NodeOptions } | undefined;
  return (...of) => {
    if (!last?.of.every((one, place) => one === of[place]))
      last = { of, options: readOptions(...of) };
    return last.options;
  };
}

/** Reads and checks an item: a job to send, or why it can't be sent. Sends nothing. */
export function readItem(
  { context, node, readAt, account, tries, allowance, optionsOf }: ItemReader,
  itemIndex: number,
): Job | Failure {
  try {
    const read = (name: string) => readAt(name, itemIndex);
    const asTool = isTool(node);
    if (asTool) checkKeptFromModel(node);
    const operation = readOperation(read);
    const options = optionsOf(read(PARAMETER.options), operation, asTool);
    const pause = planPause(context, operation, options, account);
    const timezone = context.getTimezone();
    const { extraBodyFields, validateRequest } = options;
    const given = { extraBodyFields, validateRequest, timezone };
    const request = operation.isCustom
      ? readCustomRequest(operation, read, given)
      : {
          path: operation.path,
          howToVerify: operation.howToVerify,
          ...readRequest(operation, read, {
            ...given,
            set: pause && { webhook: pause.webhook },
            baseUrl: 'unusable' in account ? undefined : account.baseUrl,
          }),
        };
    if ('problems' in request) return invalidRequest(request.problems, account);

    if ('unusable' in account) return account.unusable;
    const call: Call = {
      ...account,
      path: request.path,
      body: request.body,
      timeoutSeconds: options.timeout,
      connectTimeoutSeconds: options.connectTimeout,
      howToVerify: request.howToVerify,
      pdf: operation.isCustom ? 'possible' : operation.pdf ? 'always' : undefined,
      maxBytes: options.responseSizeLimit,
      keepsBytes: options.addReceipt,
    };
    checkProducts(operation, call.body);
    const ifExpired = createRequest(options, call, timezone);
    if (ifExpired && 'problems' in ifExpired) return invalidRequest(ifExpired.problems, account);
    const look = lookFor(options, call);
    if (look && 'problems' in look) return invalidRequest(look.problems, account);
    const summaries = summariesFor(operation, call.body);
    checkFacts('the option Required Facts', operation.name, options.requiredFacts, summaries);
    const job: Job = {
      ...options,
      operation,
      call,
      output: outputChoice(read, operation, options.validateRequest),
      ifExpired,
      look,
      pause,
    };
    const earlier = tries.earlierOutcome(itemIndex, job);
    if (earlier) return isFailure(earlier) ? earlier : { ...job, answered: earlier.output };
    const taken = allowance.take(itemIndex, job, account.key);
    if (!taken) return job;
    return isFailure(taken) ? taken : { ...job, sameAs: taken.same };
  } catch (error) {
    const failed = failure({ kind: 'not_sent', message: messageOf(error) });
    return 'unusable' in account ? failed : account.redaction.json(failed);
  }
}

/** @throws Error for an operation that this version of the node does not have */
export const readOperation = (read: ReadParameter): Operation =>
  findOperation(String(read(PARAMETER.resource)), String(read(PARAMETER.operation)));

/** A key of the credential that was pasted into a field must not be repeated. */
function invalidRequest(found: readonly Problem[], account: Account): Failure {
  const problems = found.map(({ path, text, label, rule }) => ({
    path: formatPath(path),
    ...(label !== undefined && { label }),
    message: typeof text === 'function' ? text(nameInApi) : text,
    ...(rule !== undefined && { rule }),
  }));
  const [first] = problems;
  const failed = failure({
    kind: 'invalid_request',
    message: TEXTS.problems(first ? TEXTS.problem(first, first.message) : '', problems.length - 1),
    problems,
  });
  return 'unusable' in account ? failed : account.redaction.json(failed);
}

/** Whether Validate Request is on or not, a product that is not read must not pass as one that was. */
function checkProducts({ parts }: Operation, { products }: JsonObject): void {
  if (!parts) return;
  const unknown = (Array.isArray(products) ? products : []).find(
    (name) => !Object.hasOwn(parts, String(name)),
  );
  if (unknown === undefined) return;
  throw new Error(
    `Products must be of ${Object.keys(parts).join(', ')}, got ${JSON.stringify(unknown)}`,
  );
}
