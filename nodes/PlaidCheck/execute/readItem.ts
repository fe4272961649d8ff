import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../../credentials/plaidApi';
import { findOperation, type Operation } from '../catalog/operations';
import { PARAMETER } from '../fields/names';
import { pathText } from '../fields/path';
import { customRequest, readRequest } from '../fields/request';
import type { Problem } from '../fields/rules';
import { pausingOf, type Pausing } from '../reports/pause/prepare';
import type { RetryPolicy } from '../client/retry';
import { newReport } from '../reports/createIfExpired';
import { maxWaitMs, paceLimits, responseSizeLimit, retryPolicy } from '../options/read';
import { outputChoice, type OutputChoice } from '../options/output';
import type { ReadParameterAt } from './parameters';
import { connectTimeoutSeconds, timeoutSeconds } from '../client/timeout';
import { BYTES_IN_MB } from '../client/response';
import { failure, messageOf, type Failure } from '../client/failure';
import type { Call } from '../client/send';

/** What an item asks for, ready to be sent. */
export interface Prepared {
  operation: Operation;
  call: Call;
  choice: OutputChoice;
  /** How many items may share one request, where the endpoint can take several */
  itemsPerRequest: number;
  retry: RetryPolicy;
  /** ms to wait for a report that is not ready; undefined for not at all */
  maxWaitMs?: number;
  /** The request for a new report where there is none to read; undefined for none */
  ifExpired?: Call;
  /** Whether the request comes out instead of being sent */
  isPreview: boolean;
  /** Set where the execution is to pause until Plaid's webhook comes */
  pausing?: Pausing;
}

/** Where requests of a run go to; read once, as it takes n8n a look into its database. */
export type Account = { baseUrl: string } | { unusable: string };

/** Reads the credential, as far as it matters before n8n adds its headers to each request. */
export async function accountOf(context: IExecuteFunctions): Promise<Account> {
  try {
    const credentials = await context.getCredentials('plaidCheckApi', 0);
    // Asked for its check alone.
    authenticationHeaders(credentials);
    return { baseUrl: baseUrlOf(credentials) };
  } catch (error) {
    return { unusable: messageOf(error) };
  }
}

/** What the items of a run are read from. */
export interface Reading {
  context: IExecuteFunctions;
  readAt: ReadParameterAt;
  account: Account;
}

/** What an item asks for, read and checked, or why it can't be sent; nothing leaves here. */
export function prepare(
  { context, readAt, account }: Reading,
  itemIndex: number,
): Prepared | Failure {
  try {
    const read = (name: string) => readAt(name, itemIndex);
    const operation = findOperation(
      String(read(PARAMETER.resource)),
      String(read(PARAMETER.operation)),
    );
    const options = (read(PARAMETER.options) ?? {}) as IDataObject;
    const pausing = pausingOf(context, operation, options, account);
    const request = operation.isCustom
      ? customRequest(operation, read)
      : {
          ...operation,
          ...readRequest(operation, read, pausing && { webhook: pausing.webhook }),
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
      howToCheck: request.howToCheck,
      pdf: operation.isCustom ? 'possible' : operation.pdf ? 'due' : undefined,
      maxBytes: responseSizeLimit(options) * BYTES_IN_MB,
    };
    const ifExpired = operation.readsReport ? newReport(options, call) : undefined;
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
      pausing,
    };
  } catch (error) {
    return failure({ kind: 'not_sent', message: messageOf(error) });
  }
}

/** Whether Plaid may answer that a report is still being made. */
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
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return failure({
    kind: 'invalid_request',
    message: `Not sent: the request has ${count}`,
    next_step: 'Correct it in the node, or in the items it takes its values from',
    problems: problems.map(({ path, text }) => ({ path: pathText(path), message: text })),
  });
}
