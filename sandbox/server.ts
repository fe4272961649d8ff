import fastify from 'fastify';
import { createBill } from './bill';
import { addCalls } from './calls';
import { addControl } from './control';
import { SANDBOX_CLIENT_ID, SANDBOX_SECRET } from './credentials';
import { DEMO_USERS, DISCONNECTED_USER, type DemoUser } from './demoUsers';
import { newId } from './ids';
import { createInjection, type FaultPlan, type Faults } from './injection';
import { createTally } from './injection/tally';
import { finishLink } from './link/finish';
import { addLinkPage, linkTokenIn } from './link/page';
import { loadOracle } from './oracle';
import { PERSONAS, type Persona } from './personas';
import { errorBody, invalidBody } from './plaidErrors';
import type { RecordedRequest } from './requests';
import { createState } from './state';
import { createClock, type Clock } from './state/clock';
import { createSchedule } from './state/schedule';
import type { Sandbox, SandboxOptions } from './types';
import { TRAITS, type Trait } from './traits';
import { createWebhooks, type Delivery, type SentWebhook } from './webhooks';

export { SANDBOX_CLIENT_ID, SANDBOX_SECRET, DEMO_USERS, DISCONNECTED_USER, PERSONAS, TRAITS };
export type {
  Clock,
  Delivery,
  DemoUser,
  FaultPlan,
  Faults,
  Persona,
  RecordedRequest,
  Sandbox,
  SandboxOptions,
  SentWebhook,
  Trait,
};

/** Starts a sandbox. Throws (code EADDRINUSE) when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port = 0,
    clientId = SANDBOX_CLIENT_ID,
    secret = SANDBOX_SECRET,
    readyAfterMs = 1500,
    keepsOldReport = false,
    hostedLink = true,
    users = [...DEMO_USERS, DISCONNECTED_USER, ...PERSONAS],
    webhooks: deliveryOptions,
    faults: faultPlan,
  } = options;
  const oracle = await loadOracle();
  const clock = createClock();
  const schedule = createSchedule(clock);
  const requests: RecordedRequest[] = [];
  const injection = createInjection(faultPlan);
  const tally = createTally();
  const bill = createBill();
  const webhooks = injection.webhooks(createWebhooks(deliveryOptions));
  const newState = () =>
    createState(users, { readyAfterMs, keepsOldReport }, clock.now, injection.traitsOf);
  let state = newState();

  const currentContext = () => ({
    state,
    schedule,
    webhooks,
    reportFault: injection.reportFault,
    now: clock.now(),
    baseUrl: sandbox.url,
    hostedLink,
  });
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
    productReportsCreated: (userId) => state.productReports.count(userId),
    done: tally.count,
    billed: bill.events,
    faults: injection,
    loans: () => state.loans.all(),
    finishLink: (urlOrToken) => void finishLink(currentContext(), linkTokenIn(urlOrToken)),
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
      bill.clear();
      injection.restart();
      state = newState();
    },
    async close() {
      stop();
      app.server.closeAllConnections();
      await app.close();
    },
  };

  // The time of an answer is that of the sandbox's clock, as it is in the answer.
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('date', new Date(clock.now()).toUTCString());
    done(null, payload);
  });
  // Plaid judges the body itself: every content type arrives as the text it is.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  addControl(app, sandbox);
  addLinkPage(app, currentContext);
  addCalls(app, {
    currentContext: () => ({ ...currentContext(), keys: sandbox, oracle }),
    injection,
    onDone: ({ call, ...outcome }) => {
      requests.push({ ...call, ...outcome });
      if (!outcome.carriedOut) return;
      tally.add(call.path, call.json);
      bill.add(call.path, call.json, state, call.receivedAt);
    },
  });
  // What Fastify itself refuses (a body too large or cut off) gets Plaid's error shape too.
  app.setErrorHandler((_error, _request, reply) => {
    const error = invalidBody();
    return reply.code(error.status).send(errorBody(error, newId(15)));
  });

  const url = await app.listen({ host: '127.0.0.1', port });
  return Object.assign(sandbox, { url });
}
