import { loadOracle } from '../../sandbox/oracle';
import { SANDBOX_CLIENT_ID, SANDBOX_SECRET, type Sandbox } from '../../sandbox/server';
import type { Wire } from '../../sandbox/wire';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Posts to the sandbox with its default keys; `headers` are merged over, undefined removes one. */
export async function send(
  sandbox: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string | undefined> = {},
): Promise<Response> {
  const merged = {
    'content-type': 'application/json',
    'plaid-client-id': SANDBOX_CLIENT_ID,
    'plaid-secret': SANDBOX_SECRET,
    ...headers,
  };
  const sent = Object.entries(merged).filter((entry): entry is [string, string] => !!entry[1]);
  return await fetch(sandbox.url + path, {
    method: 'POST',
    headers: Object.fromEntries(sent),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Posts as `send` does, and reads the answer. */
export async function post(...request: Parameters<typeof send>): Promise<Reply> {
  const response = await send(...request);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** The answer to a request that must succeed, held against the SDK's type. */
export async function ask<T = Record<string, unknown>>(
  sandbox: Sandbox,
  path: string,
  body: object,
): Promise<Wire<T>> {
  const { status, json } = await post(sandbox, path, body);
  expect([path, status, json.error_message]).toEqual([path, 200, undefined]);
  expect([path, (await loadOracle()).checkResponse(path, json)]).toEqual([path, []]);
  return json as Wire<T>;
}

/** The error a request is refused with. */
export async function refusal(sandbox: Sandbox, path: string, body: object) {
  const { status, json } = await post(sandbox, path, body);
  const { error_type, error_code, error_message } = json;
  return { status, error_type, error_code, error_message };
}

/** The identity of the legacy form of /user/create, which gives a user_token. */
export const legacyIdentity = {
  first_name: 'Ines',
  last_name: 'Moreau',
  date_of_birth: '1990-03-14',
  emails: ['ines.moreau@example.com'],
  phone_numbers: ['+14155550199'],
  primary_address: {
    street: '12 Rue Street',
    city: 'Austin',
    region: 'TX',
    postal_code: '78701',
    country: 'US',
  },
};

export const newLegacyUser = (sandbox: Sandbox, client_user_id = 'legacy') =>
  ask<{ user_id: string; user_token: string }>(sandbox, '/user/create', {
    client_user_id,
    consumer_report_user_identity: legacyIdentity,
  });

export const newUser = async (sandbox: Sandbox, client_user_id = 'applicant'): Promise<string> =>
  (await ask<{ user_id: string }>(sandbox, '/user/create', { client_user_id })).user_id;

export const createReportBody = (user_id: string, more: object = {}) => ({
  user_id,
  webhook: 'https://example.com/plaid',
  days_requested: 365,
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  ...more,
});

export const monitoringBody = (user_id: string) => ({
  user_id,
  consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
});

export const creditProfileBody = (user_id: string) => ({
  user_id,
  report_type: 'QUALIFY',
  inquiry_type: 'SOFT_INQUIRY',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  version: 'v1',
  client_report_id: 'loan-4711',
});
