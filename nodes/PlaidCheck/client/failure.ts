import type { Bill } from './bill';
import type { Receipt } from './receipt';
import type { Cause, InvalidItem, OtherItems, Stake } from './failureTexts';

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
  /** The execution has made as many calls that create or bill as the option allows; nothing was sent */
  | 'limit_reached'
  | 'timeout'
  | 'host_not_found'
  | 'connection_failed'
  | 'cancelled';

/** A failure as users see it, in the item's `error` field under Continue On Fail. Never holds a credential. */
export interface FailureOutput {
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
  problems?: ProblemOutput[];
  /** The required facts that the report does not hold; absent for other kinds */
  missing_facts?: string[];
  /** The IDs of the calls that used up the limit; absent for other kinds */
  earlier_calls?: CallIds[];
  /** Every request that was made, in order; absent where none was */
  attempts?: Attempt[];
}

/** One wrong field of a request. */
export interface ProblemOutput {
  path: string;
  /** The way to the field in the form; absent where the request is JSON */
  label?: string;
  /** What is wrong, to follow the name of the field */
  message: string;
}

export interface WrongField extends ProblemOutput {
  /** The message without the value; equal for all items that break it */
  rule?: string;
}

/** What went wrong with one item, as data; tellFailure.ts makes texts of it once it is final. */
export interface Failure extends Omit<FailureOutput, 'next_step' | 'problems' | 'earlier_calls'> {
  problems?: WrongField[];
  /** What the user can do, a sentence each */
  steps: readonly string[];
  /** How to see whether the request took effect; null unless it may have */
  howToVerify: string | null;
  /** Whether Plaid may have carried out the request, idempotent or not */
  isOutcomeUnknown?: true;
  /** The report that was created before the failure */
  createdReport?: CreatedReport;
  /** Set where the item was cancelled while a report that exists was not ready */
  isReportPending?: true;
  /** What may have happened, where the request may have succeeded */
  stake?: Stake;
  /** The outcome of the other items, where the node stops at this one */
  otherItems?: OtherItems;
  /** What the run created and read before it stopped at this item */
  records?: readonly ItemRecord[];
  /** Every item that can't be sent, where the node stops before the first request for several of them */
  invalidItems?: InvalidItems;
  /** The calls that the limit allowed, and that were made or are being made */
  earlierCalls?: { most: number; calls: readonly CallIds[] };
}

/** The IDs by which the result of a call is found, such as `report_id` and `request_id`. */
export type CallIds = Record<string, string>;

/** What the requests of an item led to, with the IDs by which it is found. */
export type ItemRecord = {
  /** Counted from 0 */
  item: number;
  /** `created`: a report was created and not read; `unknown`: a request may have succeeded */
  report_status: 'finished' | 'created' | 'unknown';
  user_id?: string;
  report_id?: string;
  client_report_id?: string;
  request_id?: string;
};

/** The items that a run was stopped for, before anything was sent. */
export interface InvalidItems {
  /** Items in all */
  items: number;
  invalid: readonly InvalidItem[];
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
  isOutcomeUnknown: true as const,
});

/** Adds the outcome of the other items to the failure that a node stops at. */
export const withOtherItems = (
  failed: Failure,
  otherItems: OtherItems,
  records: readonly ItemRecord[],
): Failure => (otherItems.items === 1 ? failed : { ...failed, otherItems, records });

/** The message of a thrown value. */
export const messageOf = (thrown: unknown) =>
  thrown instanceof Error ? thrown.message : String(thrown);

export const isFailure = (value: object): value is Failure =>
  'kind' in value && 'may_have_succeeded' in value;

/** Whether nothing was sent: the credential is read once a run, so none of these follows on a request. */
export const isNotSent = ({ kind }: Pick<Failure, 'kind'>) => NOT_SENT.includes(kind);

const NOT_SENT: readonly FailureKind[] = [
  'invalid_request',
  'not_sent',
  'n8n_failed',
  'limit_reached',
];

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
  /** Of the answer in JSON, in bytes; not output */
  size?: number;
  /** What the request cost; output by an option of its own */
  bill?: Bill;
  /** Evidence of the answer; likewise */
  receipt?: Receipt;
};

/** The requests as they are output. */
export const attemptsOutput = (attempts: readonly Attempt[]): Attempt[] =>
  attempts.map(({ started_at, duration_ms, result, http_status, error_code, request_id }) => ({
    started_at,
    duration_ms,
    result,
    http_status,
    error_code,
    request_id,
  }));
