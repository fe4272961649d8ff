import type { BilledEvent } from './bill';
import type { Keys } from './credentials';
import type { DemoUser } from './demoUsers';
import type { FaultPlan, Faults } from './injection';
import type { RecordedRequest } from './requests';
import type { Clock } from './state/clock';
import type { Loan } from './state/loans';
import type { Delivery, DeliveryOptions, SentWebhook, SignOptions } from './webhooks';

export interface SandboxOptions {
  /** 0 (the default): any free port. */
  readonly port?: number;
  readonly clientId?: string;
  readonly secret?: string;
  /** ms of the sandbox's clock until a new report can be read; 1500 by default. */
  readonly readyAfterMs?: number;
  /**
   * Whether an older report can still be read until the new one is ready; false by default. Plaid does not say which of
   * the two it does, so a client must handle both.
   */
  readonly keepsOldReport?: boolean;
  /** Whether the account is enabled for Hosted Link; true by default. */
  readonly hostedLink?: boolean;
  /** Applicants to start with; `DEMO_USERS`, `DISCONNECTED_USER` and `PERSONAS` by default. */
  readonly users?: readonly DemoUser[];
  /** How long webhooks wait for an answer and when they are repeated: as Plaid does by default. */
  readonly webhooks?: DeliveryOptions;
  /** Faults from the start; none by default. */
  readonly faults?: FaultPlan;
}

/** A running stand-in for Plaid on 127.0.0.1. */
export interface Sandbox extends Keys {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Every call so far, oldest first, including rejected ones. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;
  readonly clock: Clock;
  /** How many reports were created for the user with the legacy API, or Link. */
  reportsCreated(userId: string): number;
  /** The same of the newer API. */
  productReportsCreated(userId: string): number;
  /** The loans that are registered now, by loan_id, with all that was reported of them. */
  loans(): ReadonlyMap<string, Loan>;
  /**
   * How many requests for a path were processed, not rejected or lost before: all of them, or those whose body has a
   * given text, such as the user's id.
   */
  done(path: string, key?: string): number;
  /** What was billed so far, oldest first, as Plaid publishes it for the legacy API. */
  readonly billed: readonly BilledEvent[];
  /** The injected faults; can be set at any time. */
  readonly faults: Faults;
  /**
   * Goes through hosted Link in the user's place, as the button on its page does. Throws when the
   * token is unknown, finished or expired.
   */
  finishLink(hostedLinkUrlOrToken: string): void;
  /** The `Plaid-Verification` JWT for a body, signed with the webhook key in use. */
  signWebhook(bodyText: string, options?: SignOptions): string;
  /** Signs and posts a webhook, and repeats it until it is answered with 200 or given up. */
  sendWebhook(url: string, body: object): Promise<Delivery>;
  /** Takes a new webhook key into use and retires the old one. Id of the new one. */
  rotateWebhookKey(): string;
  /** Every try to send a webhook so far, in the order they ended. */
  readonly webhooks: readonly SentWebhook[];
  /**
   * Resolves when every webhook has arrived or was given up, those of reports that are still being
   * made too.
   */
  webhooksSettled(): Promise<void>;
  /**
   * Forgets all users, reports, subscriptions, requests and webhooks but what it started with; the
   * webhook keys stay, as receivers know them, and the faults, which restart.
   */
  reset(): void;
  /** Stops listening, closes open connections and cancels webhooks immediately. */
  close(): Promise<void>;
}
