import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { answersOf } from './answer';
import { BURST, type Case } from './cases';

/**
 * A separate process, so that its CPU time and memory don't count for a contender. It answers like Plaid, with the latency
 * and rate limit of the case. Its argument is the case; it sends its address when it listens, and replies to any
 * message with the peak number of concurrent requests and the number of accepted ones.
 */

const { latencyMs, limitPerSecond, answerBytes } = JSON.parse(process.argv[2] ?? '') as Case;
const answerFor = answersOf(answerBytes);
const isAllowed = limitPerSecond > 0 ? tokenBucket(limitPerSecond, BURST) : () => true;
const REFUSAL = JSON.stringify({
  error_type: 'RATE_LIMIT_EXCEEDED',
  error_code: 'RATE_LIMIT',
  error_message: 'rate limit exceeded for attempts to access this item. please try again later',
  display_message: null,
  request_id: 'req_refused',
});

let atOnce = 0;
let mostAtOnce = 0;
let accepted = 0;

const server = createServer((request, response) => {
  mostAtOnce = Math.max(mostAtOnce, ++atOnce);
  response.on('close', () => atOnce--);
  const isAccepted = isAllowed();
  if (isAccepted) accepted++;
  void textOf(request).then((text) => {
    const { user_id } = JSON.parse(text) as { user_id: string };
    const answer = () =>
      response
        .writeHead(isAccepted ? 200 : 429, { 'content-type': 'application/json' })
        .end(isAccepted ? answerFor(user_id) : REFUSAL);
    if (latencyMs > 0) setTimeout(answer, latencyMs);
    else answer();
  });
});

/** Returns whether a request is accepted; the bucket is full at the start. */
function tokenBucket(perSecond: number, size: number): () => boolean {
  let tokens = size;
  let last = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(size, tokens + ((now - last) * perSecond) / 1000);
    last = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

process.on('message', () => process.send?.({ mostAtOnce, accepted }));

async function listen() {
  // Room for as many connections as one contender opens at a time.
  server.listen({ port: 0, host: '127.0.0.1', backlog: 20_000 });
  await once(server, 'listening');
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

void listen();
