import type { Sandbox } from '../../../sandbox/server';
import { AMARA, report } from './applications';
import { askSandbox, type Answer } from '../servers/askSandbox';

/** Values that a request can name, by the request's field, or by path and field for one endpoint alone. */
export type Known = Readonly<Record<string, unknown>>;

/**
 * Gives a sandbox something of everything that a request can be about: a user with a report and
 * tokens, an Item, subscriptions, a loan, a Link token and OAuth tokens.
 * @returns what a request to this endpoint can name
 */
export const knownState = (sandbox: Sandbox, path: string): Promise<Known> =>
  knownStateOf((to, body) => askSandbox(sandbox, to, body), AMARA, path);

/** The same of whatever answers, about a user that it knows. */
export async function knownStateOf(ask: Ask, user: string, path: string): Promise<Known> {
  const text = (answer: Answer, name: string) => String(answer[name]);

  const legacy = await ask('/user/create', {
    client_user_id: 'applicant-of-old',
    consumer_report_user_identity: LEGACY_IDENTITY,
  });
  const userToken = text(legacy, 'user_token');
  await ask('/cra/check_report/create', report(user));
  await ask('/cra/check_report/create', { ...report(), user_id: undefined, user_token: userToken });
  const shared = await ask('/user/third_party_token/create', {
    user_id: user,
    third_party_client_id: 'partner',
  });
  const items = (await ask('/user/items/get', { user_id: user })).items as Answer[];
  const read = await ask('/cra/check_report/base_report/get', { user_id: user });
  const known = {
    user_id: user,
    user_token: userToken,
    third_party_user_token: text(shared, 'third_party_user_token'),
    item_ids: items.map((item) => text(item, 'item_id')),
    item_id: items.map((item) => text(item, 'item_id'))[0],
    report_id: text(read.report as Answer, 'report_id'),
    institution_id: 'ins_109508',
    country_codes: ['US'],
  };
  const ofOld = { user_id: text(legacy, 'user_id'), user_token: userToken };
  return { ...known, ...(await ownState(path, ask, ofOld, user)) };
}

export type Ask = (path: string, body: object) => Promise<Answer>;

/** What one endpoint, or a few, can name; about a user who has both kinds of names, where needed. */
async function ownState(path: string, ask: Ask, ofOld: Known, user: string): Promise<Known> {
  const { user_token } = ofOld;
  if (/^\/cra\/monitoring_insights\/get$|cashflow_updates/.test(path)) {
    // AMARA has a subscription from the start.
    await ask('/cra/monitoring_insights/subscribe', { user_token, webhook: WEBHOOK });
  }
  if (/^\/cra\/monitoring_insights\/(un)?subscribe$/.test(path)) {
    const { user_id } = await ask('/user/create', { client_user_id: 'applicant-to-monitor' });
    if (path.endsWith('/subscribe')) return { user_id };
    const { subscription_id } = await ask('/cra/monitoring_insights/subscribe', {
      user_id,
      webhook: WEBHOOK,
    });
    return { subscription_id };
  }
  if (/servicing/.test(path)) {
    const { subscription_id } = await ask('/cra/servicing/subscription/create', {
      user_id: user,
      ...SERVICING,
    });
    return { subscription_id };
  }
  if (/^\/cra\/loans\/(update|unregister)$/.test(path)) {
    await ask('/cra/loans/register', { loans: [{ ...LOAN, user_token }] });
    return { loan_id: LOAN.loan_id };
  }
  if (path === '/user/items/remove') {
    const { items } = await ask('/user/items/get', { user_token });
    return { ...ofOld, item_ids: (items as Answer[]).map(({ item_id }) => item_id) };
  }
  if (path === '/oauth/token') return { grant_type: 'client_credentials' };
  if (path === '/link/token/get') {
    const { link_token } = await ask('/link/token/create', {
      client_name: 'Lender',
      language: 'en',
      country_codes: ['US'],
      user: { client_user_id: 'applicant' },
    });
    return { link_token };
  }
  return {};
}

const WEBHOOK = 'https://example.com/plaid-webhook';

const SERVICING = {
  scope: 'CLIENT_USER',
  products: [{ product: 'cra_base_report', version: '1' }],
};

const LOAN = {
  loan_id: 'loan-17',
  type: 'PERSONAL',
  payment_schedule: 'MONTHLY',
  opened_date: '2026-06-15',
  opened_with_status: { status: 'APPROVED', date: '2026-06-15' },
};

/** The identity of a person as older integrations give it. */
export const LEGACY_IDENTITY = {
  first_name: 'Ada',
  last_name: 'Old',
  phone_numbers: ['+14155550199'],
  emails: ['ada@example.com'],
  date_of_birth: '1970-01-31',
  primary_address: {
    street: '1 First Street',
    city: 'San Matias',
    region: 'CA',
    postal_code: '93405',
    country: 'US',
  },
};
