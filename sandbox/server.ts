import fastify from 'fastify';
import { addControl } from './control';
import { SANDBOX_CLIENT_ID, SANDBOX_SECRET, type Keys } from './credentials';
import { DEMO_USERS, DISCONNECTED_USER, type DemoUser } from './demo-users';
import { errorBody, invalidBody } from './faults';
import { respond, type Incoming } from './handle';
import { newId } from './ids';
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
export type { Clock, Delivery, DemoUser, RecordedRequest, SentWebhook };

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
   * webhook keys stay, as receivers know them.
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
  } = options;
  const oracle = await loadOracle();
  const clock = createClock();
  const schedule = createSchedule(clock);
  const requests: RecordedRequest[] = [];
  const webhooks = createWebhooks(deliveryOptions);
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
  app.all('/*', (request, reply) => {
    const requestId = newId(15);
    const [path = ''] = request.url.split('?');
    const bodyText = typeof request.body === 'string' ? request.body : '';
    const call: Incoming = {
      method: request.method,
      path,
      headers: request.headers,
      bodyText,
      json: parse(bodyText),
      requestId,
      receivedAt: clock.now(),
    };
    const { status, body } = respond(call, { ...world(), keys: sandbox, oracle });
    requests.push({ ...call, status });
    const type = Buffer.isBuffer(body) ? 'application/pdf' : 'application/json; charset=utf-8';
    return reply.code(status).type(type).header('plaid-request-id', requestId).send(body);
  });
  // What Fastify itself refuses (a body too large or cut off) gets Plaid's error shape too.
  app.setErrorHandler((_error, _request, reply) => {
    const fault = invalidBody();
    return reply.code(fault.status).send(errorBody(fault, newId(15)));
  });

  const url = await app.listen({ host: '127.0.0.1', port });
  return Object.assign(sandbox, { url });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
