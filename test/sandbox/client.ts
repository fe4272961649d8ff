import { SANDBOX_CLIENT_ID, SANDBOX_SECRET, type Sandbox } from '../../sandbox/server';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Posts to the sandbox with its default keys; `headers` are merged over, undefined removes one. */
export async function post(
  sandbox: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string | undefined> = {},
): Promise<Reply> {
  const merged = {
    'content-type': 'application/json',
    'plaid-client-id': SANDBOX_CLIENT_ID,
    'plaid-secret': SANDBOX_SECRET,
    ...headers,
  };
  const sent = Object.entries(merged).filter((entry): entry is [string, string] => !!entry[1]);
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: Object.fromEntries(sent),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

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
