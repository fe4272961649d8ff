import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Sent } from '../workflows/listenTrigger';
import type { Forged } from './forge';
import type { Material } from './material';

/** Sends a webhook as it is forged; several lines of a header arrive as several. */
export async function sendForged(url: string, forged: Forged, material: Material): Promise<Sent> {
  const { body = material.body, type = 'application/json', headers = {} } = forged;
  const token = 'token' in forged ? forged.token : material.token;
  const outgoing = request(url, {
    agent: false,
    method: 'POST',
    headers: {
      'content-type': type,
      ...(token !== undefined && { 'plaid-verification': token }),
      ...headers,
    },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, text };
}
