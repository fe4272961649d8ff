import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

import type { Contender } from '../job';
import { HEADERS, PATH, PURPOSE } from '../request';
import { sendConcurrently } from './sendConcurrently';

/** Node.js's own client with nothing around it, and a new connection for each request as n8n's helper makes them. */
export const nodeHttp: Contender = (job) =>
  sendConcurrently(job, async (user_id) => {
    const asked = request(`${job.url}${PATH}`, {
      method: 'POST',
      headers: HEADERS,
      agent: new Agent(),
    });
    const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
    asked.end(JSON.stringify({ user_id, consumer_report_permissible_purpose: PURPOSE }));
    const [response] = await answered;
    return json(response);
  });
