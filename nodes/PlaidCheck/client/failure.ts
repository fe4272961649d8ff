import { type IDataObject, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { type Cause, type OtherItems, TEXTS } from './failureTexts';

/** Why an item has no response. */
export type FailureKind =
  /** The request broke a rule of the endpoint and was not sent */
  | 'invalid_request'
  /** The item could not be read, or the node or credential is set up wrongly; it was not sent */
  | 'not_sent'
  /** n8n itself failed before anything was sent, such as its database */
  | 'n8n_failed'
  /** Plaid responded with an error */
  | 'plaid_error'
  /** The response is not Plaid's JSON */
  | 'unreadable_response'
  /** The response is larger than the option allows */
  | 'response_too_large'
  /** The request succeeded, but n8n could not store the response, for example on a full disk */
  | 'not_kept'
  /** The report was not ready within the time to wait */
  | 'not_ready'
  /** Plaid could not make the report */
  | 'report_failed'
  /** The report was read, but lacks facts that the user requires */
  | 'incomplete_report'
  /** Another item of the run creates a different report for the same user, so none was created for this one */
  | 'report_conflict'
  | 'timeout'
  | 'host_not_found'
  | 'connection_failed'
  | 'cancelled';

/** A failure as users see it, in the item's `error` field under Continue On Fail. Never holds a credential. */
interface FailureOutput {
  kind: FailureKind;
  /** What happened, as the headline */
  message: string;
  /** What is at stake, and what the user can do about it */
  next_step: string | null;
  http_status: number | null;
  error_type: string | null;
  error_code: string | null;
  error_message: string | null;
  display_message: string | null;
  request_id: string | null;
  documentation_url: string | null;
  /** Whether a request that creates or bills may have succeeded; false if it is safe to retry */
  may_have_succeeded: boolean;
  /** What is wrong with which Item, where Plaid breaks its error down; absent where it does not */
  causes?: Cause[];
  /** One entry for each wrong field of an invalid request */
  problems?: Array<{ path: string; message: string }>;
  /** The required facts that the report does not hold; absent for other kinds */
  missing_facts?: string[];
  /** Every request that was made, in order; absent where none was */
  attempts?: Attempt[];
}

/** What went wrong with one item, as data: `nextStepOf` makes its next step of it once it is final. */
export interface Failure extends Omit<FailureOutput, 'next_step'> {
  /** What the user can do, a sentence each */
  steps: readonly string[];
  /** How to see whether the request took effect; null unless it may have */
  howToVerify: string | null;
  /** The report that was created before the failure */
  createdReport?: CreatedReport;
  /** The outcome of the other items, where the node stops at this one */
  otherItems?: OtherItems;
}

export interface CreatedReport {
  requestId: string | null;
  /** Null for the legacy API, which has one report per user */
  reportId: string | null;
  /** Whether the report can still become ready, so that it is to be read */
  isReadable: boolean;
}

const NO_FACTS = {
  steps: [],
  howToVerify: null,
  http_status: null,
  error_type: null,
  error_code: null,
  error_message: null,
  display_message: null,
  request_id: null,
  documentation_url: null,
  may_have_succeeded: false,
};

/** A failure with null for everything unknown. */
export const failure = ({
  kind,
  message,
  ...known
}: Pick<Failure, 'kind' | 'message'> & Partial<Failure>): Failure => ({
  kind,
  message,
  ...NO_FACTS,
  ...known,
});

/** Marks a request that ended without a response as one that may have succeeded, unless it is idempotent. */
export const mayHaveSucceeded = (howToVerify: string | null) => ({
  howToVerify,
  may_have_succeeded: howToVerify !== null,
});

/** Adds the outcome of the other items to the failure that a node stops at. */
export const withOtherItems = (failed: Failure, otherItems: OtherItems): Failure =>
  otherItems.items === 1 ? failed : { ...failed, otherItems };

/** The message of a thrown value. */
export const messageOf = (thrown: unknown) =>
  thrown instanceof Error ? thrown.message : String(thrown);

export const isFailure = (value: object): value is Failure =>
  'kind' in value && 'may_have_succeeded' in value;

/** The next step of a failure, what is at stake first. The one place where sentences are joined. */
function nextStepOf(failed: Failure): string | null {
  const { steps, howToVerify, createdReport, otherItems, causes = [] } = failed;
  const sentences: string[] = [];
  if (createdReport) {
    sentences.push(TEXTS.reportCreated(createdReport));
    if (createdReport.isReadable) sentences.push(TEXTS.readInsteadOfCreating(createdReport));
  }
  if (howToVerify !== null) {
    sentences.push(createdReport ? TEXTS.readMayHaveSucceeded : TEXTS.mayHaveSucceeded);
    sentences.push(howToVerify);
  }
  if (causes.length > 0) sentences.push(TEXTS.causes(causes));
  sentences.push(...steps);
  if (otherItems) {
    sentences.push(TEXTS.otherItems(otherItems));
    const { succeeded, areAnswersKept } = otherItems;
    if (succeeded > 0) sentences.push(areAnswersKept ? TEXTS.answersKept : TEXTS.outputDropped);
  }
  return sentences.length === 0 ? null : sentences.join('. ');
}

/** The failure as it is output; what a reader looks for first comes first. */
export function failureOutput(failed: Failure): FailureOutput {
  const { causes, problems, missing_facts, attempts } = failed;
  return {
    kind: failed.kind,
    message: failed.message,
    next_step: nextStepOf(failed),
    http_status: failed.http_status,
    error_type: failed.error_type,
    error_code: failed.error_code,
    error_message: failed.error_message,
    display_message: failed.display_message,
    request_id: failed.request_id,
    documentation_url: failed.documentation_url,
    may_have_succeeded: failed.may_have_succeeded,
    ...(causes && { causes }),
    ...(problems && { problems }),
    ...(missing_facts && { missing_facts }),
    ...(attempts && { attempts }),
  };
}

/** The failure as the JSON of an item, for Continue On Fail and the error output. */
export const failureJson = (failed: Failure): IDataObject => ({
  error: { ...failureOutput(failed) },
});

/** The failure as the error that n8n shows and stops at; without an index where it is about no item. */
export function failureError(node: INode, failed: Failure, itemIndex?: number) {
  const error = errorOf(node, failed, itemIndex);
  // n8n replaces a message in which it finds a code such as ENOENT.
  error.message = failed.message;
  return error;
}

/** Kinds that are not about a response with an error. */
const NO_API_ERRORS: readonly FailureKind[] = [
  'invalid_request',
  'not_sent',
  'n8n_failed',
  'cancelled',
  'incomplete_report',
];

function errorOf(node: INode, failed: Failure, itemIndex?: number) {
  const { kind, message } = failed;
  const description = descriptionOf(failed);
  if (NO_API_ERRORS.includes(kind)) {
    return new NodeOperationError(node, message, { description, itemIndex });
  }
  const { http_status, error_type, error_code, request_id, documentation_url } = failed;
  const facts = { message, http_status, error_type, error_code, request_id, documentation_url };
  return new NodeApiError(node, facts, {
    message,
    description,
    httpCode: http_status === null ? undefined : String(http_status),
    itemIndex,
  });
}

/**
 * Everything below the headline: problems, next step, then the facts that Plaid's support asks for.
 * n8n's error view shows it as HTML, so line breaks are tags and texts from outside are escaped.
 */
function descriptionOf(failed: Failure): string {
  const { problems = [], display_message, documentation_url } = failed;
  const facts = [
    ['error_type', failed.error_type],
    ['error_code', failed.error_code],
    ['request_id', failed.request_id],
    ['HTTP status', failed.http_status],
  ].filter(([, value]) => value !== null);
  const lines = [
    ...problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
    display_message,
    nextStepOf(failed),
    attemptsLine(failed),
    facts.map(([name, value]) => `${name}: ${value}`).join(', '),
  ];
  return [
    ...lines.filter((line) => line).map((line) => escaped(String(line))),
    link(documentation_url),
  ]
    .filter((line) => line !== '')
    .join('<br>\n');
}

/** The outcome of each request, where there was more than one. */
function attemptsLine({ attempts = [] }: Failure): string {
  if (attempts.length < 2) return '';
  const ends = attempts.map(({ error_code, http_status, result, duration_ms }) => {
    const end = [http_status, error_code ?? (http_status === null ? result : '')];
    return `${end.filter(Boolean).join(' ')} after ${duration_ms} ms`;
  });
  const shown = ends.slice(-MOST_ATTEMPTS_SHOWN);
  const hidden = ends.length - shown.length;
  return `Tried ${attempts.length} times: ${hidden > 0 ? '…; ' : ''}${shown.join('; ')}`;
}

const MOST_ATTEMPTS_SHOWN = 10;

/** Only a plain https address becomes a link. */
const link = (url: string | null) =>
  url && /^https:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${escaped(url)}" target="_blank">${escaped(url)}</a>`
    : '';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The outcome of one request, for the error and, if the user wants it, the output. */
export type Attempt = {
  /** ISO date and time */
  started_at: string;
  duration_ms: number;
  /** `ok`, or the kind of failure */
  result: string;
  http_status: number | null;
  error_code: string | null;
  request_id: string | null;
};
