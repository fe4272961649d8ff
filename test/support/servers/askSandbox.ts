import type { Sandbox } from '../../../sandbox/server';

export type Answer = Readonly<Record<string, unknown>>;

/**
 * Asks a sandbox with the keys that it takes.
 * @throws Error when it does not answer with 200
 */
export async function askSandbox(
  { url, clientId, secret }: Sandbox,
  path: string,
  body: object,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': clientId,
      'plaid-secret': secret,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}
