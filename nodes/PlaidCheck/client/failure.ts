import { type IDataObject, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
/** Why an item has no answer. */
export type FailureKind =
  /** The request broke a rule of the endpoint and was not sent */
  | 'invalid_request'
  /** The item could not be read, or the node or credential is set up wrongly; it was not sent */
  | 'not_sent'
  /** Plaid answered with an error */
  | 'plaid_error'
  /** Something other than Plaid's JSON came back */
  | 'unreadable_answer'
  /** The answer was longer than the option allows */
  | 'answer_too_large'
  /** Plaid answered, but n8n could not take the answer, as a full disk can be the cause of */
  | 'not_kept'
  /** The report was not ready in the time the user wants to wait */
  | 'not_ready'
  /** Plaid could not make the report */
  | 'report_failed'
  /** Another item of the run creates a different report for the same user, so none was created for this one */
  | 'report_conflict'
  | 'timeout'
  | 'host_not_found'
  | 'connection_failed'
  | 'cancelled';

/**
 * What went wrong with one item, in plain data: it is thrown as n8n's error, or becomes the item's
 * `error` field under Continue On Fail. Never holds a credential.
 */
export interface Failure {
  kind: FailureKind;
  /** What is wrong, as the headline */
  message: string;
  /** What the user can do about it */
  next_step: string | null;
  http_status: number | null;
  error_type: string | null;
  error_code: string | null;
  error_message: string | null;
  display_message: string | null;
  request_id: string | null;
  documentation_url: string | null;
  /**
   * Whether a request that creates or bills may have taken effect all the same; false where nothing has left, Plaid
   * refused, or repeating is harmless
   */
  may_have_succeeded: boolean;
  /** One entry for each wrong field of an invalid request */
  problems?: Array<{ path: string; message: string }>;
  /** Every request that was made, in order; absent where none was */
  attempts?: Attempt[];
}

const NO_FACTS = {
  next_step: null,
  http_status: null,
  error_type: null,
  error_code: null,
  error_message: null,
  display_message: null,
  request_id: null,
  documentation_url: null,
  may_have_succeeded: false,
};

/** A failure with null for all that is not known of it; what a reader looks for first comes first. */
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

/** What a thrown value says of itself. */
export const messageOf = (thrown: unknown) =>
  thrown instanceof Error ? thrown.message : String(thrown);

/** Whether something is a failure rather than what should have come out. */
export const isFailure = (one: object): one is Failure => 'kind' in one && 'next_step' in one;

/** The failure as the JSON of an item, for Continue On Fail and the error output. */
export const failureJson = (failed: Failure): IDataObject => ({ error: { ...failed } });

/** The failure as the error n8n shows and stops at; without an index where no item is concerned. */
export function failureError(node: INode, failed: Failure, itemIndex?: number) {
  const error = errorOf(node, failed, itemIndex);
  // n8n puts words of its own in place of a message in which it finds a code such as ENOENT.
  error.message = failed.message;
  return error;
}

function errorOf(node: INode, failed: Failure, itemIndex?: number) {
  const { kind, message } = failed;
  const description = descriptionOf(failed);
  if (kind === 'invalid_request' || kind === 'not_sent' || kind === 'cancelled') {
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
  const { problems = [], display_message, next_step, documentation_url } = failed;
  const facts = [
    ['error_type', failed.error_type],
    ['error_code', failed.error_code],
    ['request_id', failed.request_id],
    ['HTTP status', failed.http_status],
  ].filter(([, value]) => value !== null);
  const lines = [
    ...problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
    display_message,
    next_step,
    triedLine(failed),
    facts.map(([name, value]) => `${name}: ${value}`).join(', '),
  ];
  return [
    ...lines.filter((line) => line).map((line) => escaped(String(line))),
    link(documentation_url),
  ]
    .filter((line) => line !== '')
    .join('<br>\n');
}

/** Where there was more than one request: how each of them ended. */
function triedLine({ attempts = [] }: Failure): string {
  if (attempts.length < 2) return '';
  const ends = attempts.map(({ error_code, http_status, result, duration_ms }) => {
    const end = [http_status, error_code ?? (http_status === null ? result : '')];
    return `${end.filter(Boolean).join(' ')} after ${duration_ms} ms`;
  });
  const shown = ends.slice(-MOST_ATTEMPTS_SHOWN);
  const left = ends.length - shown.length;
  return `Tried ${attempts.length} times: ${left > 0 ? '…; ' : ''}${shown.join('; ')}`;
}

const MOST_ATTEMPTS_SHOWN = 10;

/** Only a plain https address becomes a link. */
const link = (url: string | null) =>
  url && /^https:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${escaped(url)}" target="_blank">${escaped(url)}</a>`
    : '';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One request as it ended, for the error and, if asked for, the output. */
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
