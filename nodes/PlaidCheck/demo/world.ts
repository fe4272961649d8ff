import type { JsonObject } from 'n8n-workflow';

import { answer } from '../../../sandbox/answers';
import type { DemoUser } from '../../../sandbox/demoUsers';
import { withIdsFrom } from '../../../sandbox/ids';
import { unknownWebhookKey } from '../../../sandbox/plaidErrors';
import { createState, type State } from '../../../sandbox/state';
import { DEMO_URL } from '../../../credentials/plaidApi';
import { asObject, asText } from '../utils/json';
import { uuidOf, type Origin } from './ids';
import { asUser, everybody, userIdOf, type DemoPerson } from './personas';

/** A request as the demo answers it. */
export interface DemoRequest {
  path: string;
  body: JsonObject;
  /** Whom it is about; for a new user, that one */
  person: DemoPerson | undefined;
  /** ms since the epoch, in whole hours */
  now: number;
  requestId: string;
}

/** What the stand-in has to know to answer one request. It is made for the request and dropped after it. */
export interface World {
  answer(request: DemoRequest): object;
}

/**
 * The world of a request: its users, each with what a request can be about, and whatever its IDs and tokens say was made
 * earlier, which is made again.
 */
export function worldOf({ path, body, now }: DemoRequest, origins: readonly Origin[]): World {
  const people = unique(
    origins.flatMap(({ person }) => (person ? [person] : [])),
    userIdOf,
  );
  const known = everybody.map((like) => ({ like, code: null }));
  const users = unique([...known, ...people], userIdOf).map(withToken);
  const state = createState(users, AT_ONCE, () => now);
  const world: World = { answer: (request) => carryOut(state, request) };
  const make = (maker: string, person: DemoPerson | undefined, madeAt: number) => {
    const usual = usualBody(maker, person);
    if (usual) world.answer({ path: maker, body: usual, person, now: madeAt, requestId: '' });
  };
  for (const person of people) {
    // The one that the stand-in's users start with has an ID that says nothing.
    state.monitoring.forget(userIdOf(person));
    for (const maker of STANDING) if (maker !== path) make(maker, person, now);
  }
  for (const origin of unique(origins, uuidOf)) {
    if (!STANDING.includes(origin.path)) make(origin.path, origin.person, origin.madeAt);
  }
  // The newest reports, which requests are about that name none.
  for (const person of people) for (const maker of REPORTS) make(maker, person, now);
  registerLoans(state, path, body);
  return world;
}

const unique = <T>(values: readonly T[], idOf: (value: T) => string): T[] => [
  ...new Map(values.map((value) => [idOf(value), value])).values(),
];

/** Reports are ready at once; what is slow about one persona is the demo's own. */
const AT_ONCE = { readyAfterMs: 0, keepsOldReport: false };

/** Every user has these subscriptions, whose IDs are always the same; the request for one makes it itself. */
const STANDING = ['/cra/monitoring_insights/subscribe', '/cra/servicing/subscription/create'];

const REPORTS = ['/cra/check_report/create', '/cra/report/create'];

const withToken = (person: DemoPerson): DemoUser => ({
  ...asUser(person),
  user_token: `user-sandbox-${uuidOf({ person, path: '/user/create', madeAt: 0, nth: 0 })}`,
});

function carryOut(state: State, { path, body, person, now, requestId }: DemoRequest): object {
  // A request that renews an access token makes no refresh token, which is the first one else.
  let nth = body.grant_type === 'refresh_token' ? 1 : 0;
  const user = () => state.users.find(body);
  const reportId = asText(body.report_id) ?? undefined;
  const ids = {
    id: () => (person ? userIdOf(person).replace(/^usr_/, '') : ''),
    uuid: () => uuidOf({ person, path, madeAt: now, nth: nth++ }),
  };
  return withIdsFrom(ids, () =>
    answer({
      state,
      path,
      body,
      now,
      requestId,
      headers: {},
      clientId: 'demo',
      baseUrl: DEMO_URL,
      hostedLink: true,
      user,
      report: () => state.reports.read(user().userId, now, reportId),
      oracle: { endpoints: {}, definitions: {} },
      ...UNREACHABLE,
    }),
  );
}

/** The demo sends nothing to anybody, and no webhook is signed by it. */
const UNREACHABLE = {
  schedule: { at: () => undefined },
  reportFault: () => null,
  webhooks: {
    send: () => Promise.resolve(),
    keys: {
      find(): never {
        throw unknownWebhookKey();
      },
    },
  },
};

const WEBHOOK = `${DEMO_URL}/webhook`;

/** A request that made something earlier. Its other fields are not in the ID, so they are the usual ones. */
function usualBody(path: string, person: DemoPerson | undefined): JsonObject | undefined {
  const user_id = person && userIdOf(person);
  if (path === '/oauth/token' && user_id === undefined) return { grant_type: 'client_credentials' };
  if (user_id === undefined) return path === '/link/token/create' ? LINK : undefined;
  switch (path) {
    case '/cra/check_report/create':
      return { user_id, webhook: WEBHOOK, days_requested: 365, ...PURPOSE };
    case '/cra/report/create':
      return { user_id, products: [], ...PURPOSE };
    case '/cra/monitoring_insights/subscribe':
      return { user_id, webhook: WEBHOOK };
    case '/cra/servicing/subscription/create':
      return {
        user_id,
        scope: 'CLIENT_USER',
        products: [{ product: 'cra_base_report', version: '1' }],
      };
    case '/sandbox/cra/servicing/simulate':
      return { user_id };
    case '/link/token/create':
      return { ...LINK, user_id };
    case '/user/third_party_token/create':
      return { user_id };
    case '/oauth/token':
      return { grant_type: TOKEN_EXCHANGE, subject_token: user_id };
    default:
      return undefined;
  }
}

const PURPOSE = { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' };

const LINK = { client_name: 'Demo', language: 'en', country_codes: ['US'] };

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** A loan is known by an ID of the user's own, so every loan that a request changes is one that was registered. */
function registerLoans({ loans }: State, path: string, body: JsonObject): void {
  if (!/^\/cra\/loans\/(update|unregister)$/.test(path) || !Array.isArray(body.loans)) return;
  const ids = new Set(body.loans.map((loan) => asText(asObject(loan).loan_id)));
  const date = '2026-01-15';
  const registered = [...ids].flatMap((loan_id) =>
    loan_id === null
      ? []
      : [
          {
            userId: '',
            loan: {
              loan_id,
              user_token: '',
              type: 'PERSONAL' as const,
              payment_schedule: 'MONTHLY' as const,
              opened_date: date,
              opened_with_status: { status: 'APPROVED' as const, date },
            },
          },
        ],
  );
  loans.register(registered);
}
