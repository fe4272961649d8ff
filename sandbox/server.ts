import fastify from 'fastify';
import { addCalls } from './calls';
import { addControl } from './control';
import { SANDBOX_CLIENT_ID, SANDBOX_SECRET, type Keys } from './credentials';
import { DEMO_USERS, DISCONNECTED_USER, type DemoUser } from './demoUsers';
import { errorBody, invalidBody } from './faults';
import { newId } from './ids';
import { createInjection, type FaultPlan, type Faults } from './injection';
import { createTally } from './injection/tally';
import { finishLink } from './link/finish';
import { addLinkPage, linkTokenIn } from './link/page';
import { loadOracle } from './oracle';
import type { RecordedRequest } from './requests';
import { createState } from './state';
import { createClock, type Clock } from './state/clock';
import type { Loan } from './state/loans';
import { createSchedule } from './state/schedule';
import {
  createWebhooks,
  type Delivery,
  type DeliveryOptions,
  type SentWebhook,
  type SignOptions,
} from './webhooks';

export { SANDBOX_CLIENT_ID, SANDBOX_SECRET, DEMO_USERS, DISCONNECTED_USER };
export type { Clock, Delivery, DemoUser, FaultPlan, Faults, RecordedRequest, SentWebhook };

export interface SandboxOptions {
  /** 0 (the default): any free port. */
  readonly port?: number;
  readonly clientId?: string;
  readonly secret?: string;
  /** ms of the sandbox's clock until a new report can be read; 1500 by default. */
  readonly readyAfterMs?: number;
  /** Applicants to start with; `DEMO_USERS` and `DISCONNECTED_USER` by default. */
  readonly users?: readonly DemoUser[];
  /** How long webhooks wait for an answer and when they are repeated: as Plaid does by default. */
  readonly webhooks?: DeliveryOptions;
  /** What goes wrong from the start; nothing by default. */
  readonly faults?: FaultPlan;
}

/** A running stand-in for Plaid on 127.0.0.1. */
export interface Sandbox extends Keys {
  /** Such as `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Every call so far, oldest first, refused ones too. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;
  readonly clock: Clock;
  /** How many reports were created for the user. */
  reportsCreated(userId: string): number;
  /** The loans that are registered now, by loan_id, with all that was reported of them. */
  loans(): ReadonlyMap<string, Loan>;
  /**
   * How many requests for a path were carried out, as opposed to refused or lost before: all of them, or
   * those with a text in the body that is the key, such as the user's id.
   */
  done(path: string, key?: string): number;
  /** What is to go wrong, to be set at any time. */
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
   * webhook keys stay, as receivers know them, and the faults, which start anew.
   */
  reset(): void;
  /** Stops listening, drops open connections and stops webhooks at once. */
  close(): Promise<void>;
}

/** Starts a sandbox. Throws (code EADDRINUSE) when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    clientId = SANDBOX_CLIENT_ID,
    secret = SANDBOX_SECRET,
    readyAfterMs = 1500,
    users = [...DEMO_USERS, DISCONNECTED_USER],
    webhooks: deliveryOptions,
    faults: faultPlan,
  } = options;
  const oracle = await loadOracle();
  const clock = createClock();
  const schedule = createSchedule(clock);
  const requests: RecordedRequest[] = [];
  const injection = createInjection(faultPlan);
  const tally = createTally();
  const webhooks = injection.webhooks(createWebhooks(deliveryOptions));
  let state = createState(users, readyAfterMs, clock.now);

  const world = () => ({ state, schedule, webhooks, now: clock.now(), baseUrl: sandbox.url });
  const stop = () => {
    schedule.clear();
    webhooks.stop();
  };

  const app = fastify({ forceCloseConnections: true, bodyLimit: 10 * 1024 * 1024 });
  const sandbox: Sandbox = {
    clientId,
    secret,
    // Set once it listens.
    url: '',
    requests,
    clearRequests: () => void (requests.length = 0),
    clock,
    reportsCreated: (userId) => state.reports.count(userId),
    done: tally.count,
    faults: injection,
    loans: () => state.loans.all(),
    finishLink: (urlOrToken) => void finishLink(world(), linkTokenIn(urlOrToken)),
    signWebhook: (bodyText, signOptions) => webhooks.keys.sign(bodyText, signOptions),
    sendWebhook: (url, body) => webhooks.send(url, body),
    rotateWebhookKey: () => webhooks.keys.rotate(),
    webhooks: webhooks.log,
    async webhooksSettled() {
      await schedule.done();
      await webhooks.settled();
    },
    reset() {
      requests.length = 0;
      stop();
      webhooks.clearLog();
      tally.clear();
      injection.restart();
      state = createState(users, readyAfterMs, clock.now);
    },
    async close() {
      stop();
      app.server.closeAllConnections();
      await app.close();
    },
  };

  // Plaid judges the body itself: every content type arrives as the text it is.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  addControl(app, sandbox);
  addLinkPage(app, world);
  addCalls(app, {
    desk: () => ({ ...world(), keys: sandbox, oracle }),
    injection,
    onDone: ({ call, ...outcome }) => {
      requests.push({ ...call, ...outcome });
      if (outcome.carriedOut) tally.add(call.path, call.json);
    },
  });
  // What Fastify itself refuses (a body too large or cut off) gets Plaid's error shape too.
  app.setErrorHandler((_error, _request, reply) => {
    const fault = invalidBody();
    return reply.code(fault.status).send(errorBody(fault, newId(15)));
  });

  const url = await app.listen({ host: '127.0.0.1', port });
  return Object.assign(sandbox, { url });
}
