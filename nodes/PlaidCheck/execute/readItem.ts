import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { findOperation, type Operation } from '../catalog/operations';
import { PARAMETER } from '../fields/names';
import { formatPath } from '../fields/path';
import { customRequest, readRequest } from '../fields/request';
import type { Problem } from '../fields/rules';
import { planPause } from '../reports/pause/prepare';
import type { Job } from '../reports/job';
import type { Account } from '../client/account';
import { createRequest } from '../reports/createIfExpired';
import { maxWaitMs, paceLimits, responseSizeLimit, retryPolicy } from '../options/read';
import { outputChoice } from '../options/output';
import type { ReadParameterAt } from './parameters';
import { connectTimeoutSeconds, timeoutSeconds } from '../client/timeout';
import { BYTES_IN_MB } from '../client/response';
import { failure, messageOf, type Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import type { Call } from '../client/send';

/** What items are read with. */
export interface ItemReader {
  context: IExecuteFunctions;
  readAt: ReadParameterAt;
  account: Account;
}

/** Reads and checks an item: a job to send, or why it can't be sent. Sends nothing. */
export function readItem(
  { context, readAt, account }: ItemReader,
  itemIndex: number,
): Job | Failure {
  try {
    const read = (name: string) => readAt(name, itemIndex);
    const operation = findOperation(
      String(read(PARAMETER.resource)),
      String(read(PARAMETER.operation)),
    );
    const options = (read(PARAMETER.options) ?? {}) as IDataObject;
    const pause = planPause(context, operation, options, account);
    const request = operation.isCustom
      ? customRequest(operation, read)
      : {
          ...operation,
          ...readRequest(operation, read, pause && { webhook: pause.webhook }),
        };
    if ('problems' in request) return invalidRequest(request.problems);

    if ('unusable' in account) throw new Error(account.unusable);
    // It is the first item's that counts, and is read apart; a wrong one is told of here.
    paceLimits(options);
    const call: Call = {
      baseUrl: account.baseUrl,
      path: request.path,
      body: request.body,
      timeoutSeconds: timeoutSeconds(options.timeout),
      connectTimeoutSeconds: connectTimeoutSeconds(options.connectTimeout),
      howToVerify: request.howToVerify,
      pdf: operation.isCustom ? 'possible' : operation.pdf ? 'always' : undefined,
      maxBytes: responseSizeLimit(options) * BYTES_IN_MB,
    };
    const ifExpired = operation.readsReport ? createRequest(options, call) : undefined;
    if (ifExpired && 'problems' in ifExpired) return invalidRequest(ifExpired.problems);
    return {
      operation,
      call,
      choice: outputChoice(read),
      itemsPerRequest: itemsPerRequest(operation, options.itemsPerRequest),
      retry: retryPolicy(options),
      maxWaitMs: canWait(operation) ? maxWaitMs(options) : undefined,
      ifExpired,
      isPreview: options.previewRequest === true,
      pause,
    };
  } catch (error) {
    return failure({ kind: 'not_sent', message: messageOf(error) });
  }
}

/** Whether Plaid may respond that a report is still being made. */
const canWait = ({ makesReport, readsReport, mayNotBeReady }: Operation) =>
  makesReport === true || readsReport === true || mayNotBeReady === true;

/** @throws Error when it is no whole number above 0 */
function itemsPerRequest({ combine }: Operation, value: unknown): number {
  if (!combine || value === undefined || value === null || value === '') return 1;
  const items = Number(value);
  if (Number.isInteger(items) && items > 0) return items;
  throw new Error('Not sent: the option Items Per Request must be a whole number from 1 on');
}

function invalidRequest(problems: readonly Problem[]): Failure {
  return failure({
    kind: 'invalid_request',
    message: TEXTS.invalidRequest(problems.length),
    steps: [TEXTS.correctRequest],
    problems: problems.map(({ path, text }) => ({ path: formatPath(path), message: text })),
  });
}
