import type { BillingLine } from './bill';

const CHECK_NETWORK =
  'Check the network of this n8n and, if the credential has a custom base URL, that URL';

/** Items by their numbers and, where they have them, their own IDs; a name that all of these share is told once. */
function namesOfItems(items: ReadonlyArray<Pick<InvalidItem, 'item' | 'id'>>): string {
  const [shared, ...others] = new Set(items.flatMap(({ id }) => id?.name ?? []));
  const isOne = others.length === 0;
  const names = items.slice(0, MAX_INVALID_LISTED).map(({ item, id }) => {
    if (id === null) return String(item);
    return `${item} (${isOne ? '' : `${shortened(id.name)} `}${shortened(id.value)})`;
  });
  const more = items.length - names.length;
  const by = isOne && shared !== undefined ? `, by number and ${shortened(shared)}` : '';
  return `${items.length === 1 ? 'item' : 'items'}${by}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The most items that are listed for one problem; an error of many thousand rows would be too long to read. */
const MAX_INVALID_LISTED = 500;

/** Item numbers as n8n counts them, from 0; the first few of many. */
function itemNumbers(items: readonly number[]): string {
  const shown = items.slice(0, MAX_ITEMS_LISTED);
  return `${shown.join(', ')}${items.length > shown.length ? ', …' : ''}`;
}

const MAX_ITEMS_LISTED = 20;

/** Causes with the same error are told together; the first few of many. */
function listOfCauses(causes: readonly Cause[]): string {
  const idsByError = new Map<string, string[]>();
  for (const { item_id, error_code, error_message } of causes) {
    const error = shortened(error_code ?? error_message ?? 'unknown error');
    idsByError.set(error, [...(idsByError.get(error) ?? []), shortened(item_id ?? 'unknown')]);
  }
  const shown = [...idsByError].slice(0, MAX_CAUSES_LISTED).map(([error, ids]) => {
    const first = ids.slice(0, MAX_CAUSES_LISTED).join(', ');
    const more = ids.length - MAX_CAUSES_LISTED;
    return `${error} of ${ids.length === 1 ? 'Item' : 'Items'} ${first}${more > 0 ? ` and ${more} more` : ''}`;
  });
  const more = idsByError.size - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more errors` : ''}`;
}

const MAX_CAUSES_LISTED = 5;

/** A text from outside that is no longer than Plaid's own IDs and codes. */
const shortened = (text: string) =>
  text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;

const MAX_LENGTH = 80;

/** Such as "a, b or c". @param last what stands before the last word */
const listed = (words: readonly string[], last: ' or ' | ', and ') =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(last);

/**
 * The sentences of failures, by key; those about Plaid's error codes are in errorCodes.ts. Without a period at the
 * end, as `nextStepOf` joins them. No code decides by them, which test/unit/failureTexts.test.ts proves.
 */
export const TEXTS = {
  // Whether money or data is at stake
  mayHaveSucceeded: 'The request may have succeeded',
  billing: (lines: readonly BillingLine[]) =>
    lines.length === 0
      ? ''
      : `Billing: ${lines.map(({ event, status }) => `${event} (${status})`).join(', ')}`,
  withStake: (message: string, stake: Stake) => `${message}; ${STAKES[stake]}`,
  readMayHaveSucceeded: 'The request to read it may have succeeded, too',
  tryAgain: 'Try again in a moment',
  reportCreated: ({ requestId, reportId }: CreatedIds) =>
    `A report was created (${reportId === null ? '' : `report_id ${reportId}, `}request_id ${requestId ?? 'unknown'}) and may be billed`,
  readInsteadOfCreating: ({ reportId }: Pick<CreatedIds, 'reportId'>) =>
    `Do not create it again: read it with ${readOperation(reportId)}, which shows whether it is ready`,
  otherItems: ({ items, succeeded, failed }: OtherItems) => {
    const notSent = items - 1 - succeeded - failed.length;
    const uncertain = `failed or may have succeeded (${failed.length === 1 ? 'item' : 'items'} ${itemNumbers(failed)})`;
    const parts = [
      { count: succeeded, end: 'succeeded' },
      { count: failed.length, end: uncertain },
      { count: notSent, end: `${notSent === 1 ? 'was' : 'were'} not sent` },
    ].filter(({ count }) => count > 0);
    if (items === 2) return `The other item ${parts.map(({ end }) => end).join()}`;
    const told = parts.map(({ count, end }) => `${count} ${end}`);
    return `Of the other ${items - 1} items, ${listed(told, ', and ')}`;
  },
  outputDropped:
    'n8n drops the output of the items that succeeded, which may be billed; to keep it, set On Error to continue',
  answersKept:
    'The answers of the items that succeeded, which may be billed, are kept for Retry in the list of executions: it outputs them without a new request, and sends the others. Execute Workflow sends all of them again',

  recordsKept:
    'What was created or read is listed with its IDs under Error details > Error data; an error workflow has it in execution.error.context.data.reports',
  cancelledWith: ({ node, execution, from, to, of, ids }: CancelledRecords) =>
    `${node}: execution ${execution} was cancelled after requests were sent. Created or read, ${from} to ${to} of ${of}: ${ids}`,

  // Another try of the same execution
  notSentAgain: (reason: string) =>
    `Not retried, because the first try may have succeeded: ${reason}`,
  answeredOtherRequest:
    'The first try of this execution sent another request for this item, which succeeded',
  answerNotKept:
    'The first try of this execution succeeded, but its answer was too large for n8n to keep',
  earlierTryUnknown: 'n8n is retrying this execution, but has no record of what the first try sent',
  sendAgainOption:
    'To continue with the other items, set On Error to continue and retry with the currently saved workflow. Send Everything Again in the option If Retried also sends what was answered; give it an expression to choose it for this item alone',

  // No connection
  hostNotFound: (host: string) => `The host ${host} could not be found`,
  connectTimeout: (host: string, seconds: number) =>
    `${host} could not be reached within ${seconds} seconds`,
  connectTimeoutOption: 'The option Connect Timeout sets how long to wait for a connection',
  checkNetwork: CHECK_NETWORK,
  connectionRefused: (host: string) => `${host} refused the connection`,
  unreachable: (host: string) => `${host} could not be reached`,
  untrustedCertificate: (host: string) =>
    `${host} presented a certificate that this n8n does not trust`,
  checkProxy:
    'Check the base URL in the credential, and whether a proxy intercepts connections to the internet',
  clientCertificateWanted: (host: string) => `${host} asks for a client certificate`,
  clientCertificateRefused: (host: string) =>
    `${host} does not accept the client certificate of the credential`,
  enterCertificate:
    'Turn on SSL Certificates in the credential and enter the client certificate and its key; n8n before 2.20 does not present them',
  ifCertificateWanted:
    'If the host asks for a client certificate, enter it in the credential under SSL Certificates; n8n before 2.20 does not present it',
  checkCertificate:
    'Ask the operator of the host which certificates it accepts, and check in the credential whether the client certificate is one of them and comes with its chain',
  enterAuthority:
    "If a private authority signed the host's certificate, enter the authority's certificate in the credential under SSL Certificates; n8n before 2.20 ignores it",
  noSecureConnection: (host: string) => `A secure connection to ${host} could not be established`,
  checkProtocol:
    'Check in the credential whether the base URL should start with https:// or http://',

  // No response
  closedBeforeResponse: (host: string) => `${host} closed the connection before it responded`,
  closedDuringResponse: (host: string) =>
    `${host} closed the connection in the middle of its response`,
  requestFailed: (host: string, code: string) =>
    `The request to ${host} failed${code ? ` (${code})` : ''}`,
  timeout: (host: string, seconds: number) => `${host} did not respond within ${seconds} seconds`,
  timeoutOption: 'The option Timeout sets how long to wait',
  cancelled: 'The execution was canceled',

  // A response that cannot be used
  jsonInsteadOfPdf: 'The server sent JSON instead of the PDF',
  unreadable: (content: string, status: number) =>
    `The server sent ${content} with ${status >= 200 && status < 300 ? 'its response' : `HTTP ${status}`} instead of Plaid's JSON`,
  outage:
    'Plaid, or a server in front of it, is having problems; see https://status.plaid.com for outages',
  redirect:
    'The server redirects requests, and redirects are not followed. Check the environment and the base URL in the credential',
  checkBaseUrl:
    'If it happens again, check whether a proxy or firewall intercepts requests and, if the credential has a custom base URL, that URL',
  responseTooLarge: (host: string, limitMb: number) =>
    `${host} sent a response of more than ${limitMb} MB`,
  nestedTooDeep: (maxDepth: number) =>
    `The server sent JSON that is nested more than ${maxDepth} levels deep, which n8n can't store`,
  responseSizeLimitOption: 'The option Response Size Limit sets how much is read',
  notKept: (reason: string) =>
    `The request succeeded, but n8n could not store the response: ${reason}`,
  checkStorage:
    'The request may be billed. Check that n8n has space to store files before you retry',

  // Reports
  createFailed: (reason: string) =>
    `The user had no current report, and creating one failed: ${reason}`,
  readAfterCreateFailed: (reason: string) =>
    `A report was created, but reading it failed: ${reason}`,
  reportFailed: (reason: string) => `Plaid could not make the report${reason && `: ${reason}`}`,
  noProductMade: (products: readonly string[], reason: string | null, code: string | null) =>
    `Plaid could not make any product of the report${products.length === 0 ? '' : ` (${products.map(shortened).join(', ')})`}${reason ? `: ${reason}` : ''}${code ? ` (${code})` : ''}`,
  causes: (causes: readonly Cause[]) => `Caused by ${listOfCauses(causes)}`,
  repairItems: (ids: readonly string[]) =>
    `Let the user repair ${ids.length === 1 ? 'the Item' : 'the Items'} ${ids.join(', ')} in Link's update mode, then create the report again`,
  notReady: (seconds: number, code: string) =>
    `The report was not ready within ${seconds} seconds (${code})`,
  notReadyOldReport: (seconds: number) =>
    `The report was not ready within ${seconds} seconds: Plaid still returns an older one`,
  notReadyLastPollFailed: (seconds: number, reason: string) =>
    `The report was not ready within ${seconds} seconds; the last poll failed: ${reason}`,
  stillBeingMade:
    'Plaid is still creating it. Read it later, or set a longer time in the option Wait Until Ready; do not create it again',
  notPaused: (reason: string) => `n8n could not pause the execution: ${reason}`,
  noWebhook: (seconds: number) => `Plaid's webhook did not arrive within ${seconds} seconds`,
  webhookMayComeLater: ({ reportId }: Pick<CreatedIds, 'reportId'>) =>
    `Plaid may still be creating the report, or cannot reach this n8n. Do not create it again: read it with ${readOperation(reportId)}, or set a longer time in the option Wait Until Ready`,
  productsFailed: (products: readonly string[], reason: string) =>
    `${products.length === 1 ? 'A product' : `${products.length} products`} of the report could not be read (${products.join(', ')}): ${reason}`,
  continueWithProducts:
    'To output the products that were read, choose Continue in the option If a Product Fails; its output says complete: false',
  incompleteReport: (facts: readonly string[]) =>
    `The report lacks ${facts.length === 1 ? 'a required fact' : `${facts.length} required facts`}: ${facts.join(', ')}`,
  askForUltraFico: (place: string) =>
    `A report has UltraFICO scores only if it was created with a request for them, in ${place}`,
  incompleteReportRead:
    'The report was read and may be billed. Reading it again returns the same facts. Let a person decide, or create a new report once the cause is fixed. Its warnings and error reasons may name the cause; to see them, remove the option Required Facts',
  waitOption: (option: string) =>
    `Add the option ${option}, and the node waits until the report is ready`,
  createOption: (option: string) =>
    `Add the option ${option}, and the node creates a new report, which may be billed, and reads it`,
  reportConflict: (fields: readonly string[]) =>
    `Not created: another item of this run creates one for the same user with a different ${fields.join(' and ')}`,
  resolveConflict: (option: string | undefined) =>
    `Give both items the same values in the ${option === undefined ? 'request' : `option ${option}`}, or process them in separate runs`,
  differsBetweenItems: 'differs between items of the same user',

  // Looking first
  lookFailed: (reason: string) =>
    `Nothing was created, because looking for what exists failed: ${reason}`,
  unknownReportId:
    "Nothing was created: the user has a report, but Plaid's response does not say which client report ID it has",
  useAgeInstead: 'Choose Use It If Not Older Than in the option If a Report Exists',
  unknownReportTime:
    "Nothing was created: the user has a report, but Plaid's response does not say when it was generated",
  readInstead:
    'Read the report to decide, or choose Create Another in the option If a Report Exists',
  sameIdOtherReport: (difference: string) =>
    `Nothing was created: the user has a report with the same client report ID that ${difference}`,
  coversFewerDays: (days: number) => `covers only ${days} days`,
  lacksProducts: (products: readonly string[]) => `lacks ${products.map(shortened).join(', ')}`,
  giveOtherId: 'For another report, give it another client report ID',
  otherSubscription: (fields: readonly string[]) =>
    `Nothing was created: the user has a subscription to the same products with a different ${fields.join(' and ')}`,
  changeSubscription: (id: string) =>
    `Change the subscription ${shortened(id)} with Servicing: Update Subscription, or choose Create Another in the option If a Subscription Exists`,

  // Nothing was sent
  notSent: (reason: string) => `Not sent: ${reason}`,
  problem: ({ path, label }: NamedProblem, text: string) => `${label ?? path} ${text}`.trim(),
  problems: (first: string, more: number) =>
    `${titled(first)}${more === 0 ? '' : ` (and ${more} more ${more === 1 ? 'problem' : 'problems'})`}`,
  sameProblem: (invalid: number, items: number, reason: string) =>
    `${invalid === items ? `all ${items}` : `${invalid} of ${items}`} items have the same problem: ${titled(reason)}`,
  differentProblems: (invalid: number, items: number, reason: string) =>
    `${invalid === items ? `all ${items}` : `${invalid} of ${items}`} items have problems, the first one: ${titled(reason)}`,
  itemsWithProblem: (reason: string, items: ReadonlyArray<Pick<InvalidItem, 'item' | 'id'>>) =>
    `${reason}. ${items.length} ${namesOfItems(items)}`,
  countedFromZero: 'Items are counted from 0, as n8n numbers them',
  correctRequest: 'Correct it in the node, or in the items that its values come from',
  credentialNotRead: (reason: string) =>
    `n8n could not read the credential${reason && ` (${shortened(reason)})`}`,
  checkN8n:
    "Nothing was sent to Plaid, so a retry is safe. This is a problem of n8n itself: check that its database is running and can be reached, and see n8n's log",
  noItemSent: 'No item was sent',

  // No call is left
  limitReached: (most: number) =>
    `the option Allow at Most permits ${most} ${most === 1 ? 'call' : 'calls'} per execution that may create something or be billed, and this is one more`,
  earlierCall: (ids: Readonly<Record<string, string>>) => {
    const named = Object.entries(ids).map(([name, id]) => `${name} ${shortened(id)}`);
    return named.length === 0
      ? 'A call that is in flight or whose result is unknown'
      : `Made: ${named.join(', ')}`;
  },
  raiseLimit: 'To allow more calls, raise Allow at Most',

  // What failed of a run that continues
  failedItems: ({ items, failed, notSent, reason, sharing }: FailedShare) => {
    const all = failed === items;
    const end = notSent === failed ? 'sent' : null;
    const who =
      items === 1
        ? `The item ${end ? 'was not sent' : 'failed'}`
        : all
          ? end
            ? `None of ${items} items was sent`
            : `All ${items} items failed`
          : `${failed} of ${items} items ${end ? (failed === 1 ? 'was not sent' : 'were not sent') : 'failed'}`;
    const same = failed === 1 ? '' : 'the same problem in all: ';
    const part = sharing === failed ? same : `the most frequent problem, in ${sharing} of them: `;
    return `${who}${items === 1 ? ':' : ';'} ${part}${titled(reason)}`;
  },

  // What a run did not get to
  endedInTheMiddle: ({ seconds, items, finished, counts, goOn }: UnfinishedItems) =>
    `The run ended after ${seconds} seconds (option Stop Starting New Items After): of ${items} items, ${[{ status: 'finished', count: finished }, ...counts].map(({ status, count }) => `${count} ${count === 1 ? 'is' : 'are'} ${status}`).join(', ')}. See report_status in the output. ${goOn.join('. ')}`,
  runUnfinishedAgain: 'To continue, run the workflow again with these items',
  readsMayBeBilledAgain: 'A read that is unknown or pending may have been billed, and may be again',
  runAllAgain: (option: string) =>
    `To continue, run the workflow again with all items: with the option ${option}, what was created is used`,
  runNotStartedAgain: 'To continue, run the workflow again with the items that are not_started',
  doNotCreateAgain: (statuses: readonly string[]) =>
    `Do not just run again those that are ${listed(statuses, ' or ')}: each may then be created and billed a second time`,
  setIfReportExists:
    'Read their reports, or first add the option If a Report Exists, with Use It If Not Older Than where the reports have no Client Report ID',
  setIfSubscriptionExists:
    'First set the option If a Subscription Exists to Use It If It Has the Same Scope and Products',

  // What a language model is told of a success
  previewed:
    'Nothing was sent, because Preview Request is on in this tool. Do not call it again; tell the person.',
  usedExisting:
    'Nothing was created: what this call would create exists already or is being created. Use it; do not call this tool again for it.',
  createdAndReady:
    'The call succeeded: a new report of this user, which may be billed, is ready. Read it with a tool that gets it; do not call this tool again for it.',
  created: ({ what, next }: { what: string; next: string }) =>
    `The call succeeded: ${what}. ${next}. Do not call this tool again for it.`,

  // What a language model can do
  noReportForModel: (code: string) => `There is no current report to read (${code})`,
  limitReachedForModel: (most: number) =>
    `this tool may be called ${most === 1 ? 'once' : `${most} times`} per execution, because a call may create something or be billed, and this is one more`,
  useEarlierCalls:
    'Do not call this tool again. Use what the calls above made; if that is not enough, tell the person, who can raise Allow at Most in the tool',
  doNotCreateUnasked:
    'Nothing was created or billed by this call. A new report may be billed, so create one only if you were asked to; otherwise say that there is no current report',
  readLater:
    'Plaid may still be generating the report. Call this tool again later with the same input; do not create another report, which may be billed again',
  doNotRepeat:
    'Do not call this tool again with the same input, as the call may have taken effect and be billed',
  correctCall:
    'Nothing was sent. Correct your input and call this tool again; if a value is not part of your input, tell the person that the workflow has to be corrected',
  callAgain:
    'Nothing was created or billed by this call. Call this tool once more with the same input; if it fails again, tell the person',
  tellPerson: (steps: readonly string[]) =>
    `Another call with the same input does not help. Tell the person${steps.length === 0 ? ' what happened' : `: ${steps.join('. ')}`}`,
};

/** What may have happened although a request failed. */
export type Stake = 'report' | 'bill' | 'request';

const STAKES: Record<Stake, string> = {
  report: 'the report may have been created',
  bill: 'the request may have succeeded and be billed',
  request: 'the request may have succeeded',
};

/** A text that is not too long for a title; the list below the title has it in full. */
const titled = (text: string) =>
  text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE).trimEnd()}…` : text;

const MAX_TITLE = 240;

/** How a problem names its field. */
interface NamedProblem {
  path: string;
  label?: string;
}

/** What a run that continues says of the items that failed. */
export interface FailedShare {
  items: number;
  failed: number;
  notSent: number;
  /** The most frequent problem, and how many of the failed items share it */
  reason: string;
  sharing: number;
}

/** What a run that ended in the middle hands over. */
export interface UnfinishedItems {
  seconds: number;
  items: number;
  finished: number;
  counts: ReadonlyArray<{ status: string; count: number }>;
  /** How to continue, a sentence each */
  goOn: readonly string[];
}

/** A part of what a cancelled run created or read, as JSON. */
interface CancelledRecords {
  node: string;
  execution: string;
  from: number;
  to: number;
  of: number;
  ids: string;
}

/** An item that can't be sent. */
export interface InvalidItem {
  /** Counted from 0 */
  item: number;
  /** The item's own ID and the name of its field */
  id: { name: string; value: string } | null;
  /** What is wrong, a sentence each */
  reasons: readonly string[];
}

/** What identifies a report that was created. */
interface CreatedIds {
  requestId: string | null;
  reportId: string | null;
}

/** The operation that reads a created report; a report of the legacy API has no ID. */
const readOperation = (reportId: string | null) =>
  reportId === null
    ? 'Check Report (Legacy API): Get Base Report'
    : 'Check Report: Get and its report ID';

/** The outcome of the items other than the one that a node stops at. */
export interface OtherItems {
  /** Items in all */
  items: number;
  succeeded: number;
  /** Indexes of those that failed */
  failed: readonly number[];
  /** Whether n8n's Retry outputs the answers of those that succeeded */
  areAnswersKept: boolean;
}

/** The error of one Item, that is, of the connection to one bank. */
export type Cause = {
  item_id: string | null;
  error_type: string | null;
  error_code: string | null;
  error_message: string | null;
  display_message: string | null;
};
