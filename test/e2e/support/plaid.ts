import { askSandbox, type Answer } from '../../support/servers/askSandbox';
import { editor } from './shared';

/** Asks the editor's sandbox directly, to give it the state a test begins with. Throws where it refuses. */
export const askPlaid = (path: string, body: object): Promise<Answer> =>
  askSandbox(editor().sandbox, path, body);

/** Sends a webhook as Plaid does, signed or not. The status it is answered with. */
export async function postWebhook(
  url: string,
  body: string,
  verification?: string,
): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(verification && { 'plaid-verification': verification }),
    },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
