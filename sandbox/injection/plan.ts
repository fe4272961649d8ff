import type { Trait } from '../traits';

/** What can go wrong with a request; `kinds.ts` says how each of them looks on the wire. */
export const FAULT_KINDS = [
  'rate_limited',
  'internal_server_error',
  'unavailable_page',
  'bad_gateway_page',
  'page_instead_of_answer',
  'planned_maintenance',
  'institution_down',
  'slow_first_byte',
  'slow_body',
  'reset',
  'cut_json',
  'cut_connection',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /**
   * Whether the sandbox processes the request before it fails; false by default. Slow and cut responses always
   * come from a processed request.
   */
  readonly carriedOut?: boolean;
  /** ms that a slow answer takes; 1000 by default. */
  readonly ms?: number;
  /** What a 429 says in Retry-After: seconds, or as a date so many seconds ahead; nothing by default. */
  readonly retryAfter?: number | { readonly date: number };
}

/** Which requests are struck by which fault. */
export interface FaultRule {
  /** One of them, chosen by the seed. */
  readonly faults: readonly Fault[];
  /** The path, or its beginning with a `*` at the end; every path by default. */
  readonly path?: string;
  /** Only requests with this text in the body. */
  readonly about?: string;
  /** Which share of the requests is struck, from 0 to 1; all by default. */
  readonly share?: number;
  /** Fails a request of the same path and body this many times, then lets it succeed; always by default. */
  readonly times?: number;
}

/** A token bucket with a size and a refill rate per second; requests beyond it get a 429. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
  /** Whether a 429 says in Retry-After when there is room again; not by default. */
  readonly retryAfter?: boolean;
  /** As in a rule; all paths share the bucket by default. */
  readonly path?: string;
}

/** What happens to webhooks. */
export interface WebhookRule {
  readonly fault: 'lost' | 'twice';
  /** The `webhook_code`; every one by default. */
  readonly code?: string;
  /** As in a rule for requests. */
  readonly share?: number;
}

/** A report that Plaid Check refuses, or a product of it that cannot be made. */
export interface ReportRule {
  /** Plaid's error code, such as `USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK`. */
  readonly code: string;
  /**
   * This product of reports of the newer API fails, `*` for every one, and the others are made. Without it, calls that create or
   * read a report are refused.
   */
  readonly product?: string;
  /** Only of the user with this `user_id`. */
  readonly user?: string;
}

/** Whose files hold more than they did. Those of Items count in reports that are created afterwards. */
export interface FileRule {
  readonly traits: readonly Trait[];
  /** The `user_id` or `client_user_id`; everybody by default. */
  readonly about?: string;
}

/**
 * The faults to inject. Whether a request fails depends on the seed, its content and how often the same request
 * has arrived, never on the order of arrival: the same seed gives the same faults for the same requests, however many are
 * concurrent.
 */
export interface FaultPlan {
  /** 0 by default. */
  readonly seed?: number | string;
  readonly limit?: RateLimit;
  /** The first one that strikes counts. */
  readonly rules?: readonly FaultRule[];
  readonly webhooks?: readonly WebhookRule[];
  /** The first one that applies counts. */
  readonly reports?: readonly ReportRule[];
  readonly files?: readonly FileRule[];
}

/** Whether a path is meant by the path of a rule. */
export const isMeant = (rule: string | undefined, path: string): boolean =>
  rule === undefined || (rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule);
