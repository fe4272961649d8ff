import { editor } from './shared';

/** Asks the editor's sandbox directly, to give it the state a test begins with. Throws where it refuses. */
export async function askPlaid(path: string, body: object): Promise<Record<string, unknown>> {
  const { url, clientId, secret } = editor().sandbox;
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': clientId,
      'plaid-secret': secret,
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}
