import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withoutSecrets } from './requests';
import type { Sandbox } from './types';

/** Endpoints to watch and steer a sandbox from another process; no keys needed, loopback only. */
export function addControl(app: FastifyInstance, sandbox: Sandbox): void {
  const own = { onRequest: refuseWebPages };

  app.get('/_sandbox/requests', own, () =>
    sandbox.requests.map((request) => withoutSecrets(request, sandbox.secret)),
  );

  app.get('/_sandbox/webhooks', own, () => sandbox.webhooks);

  app.post('/_sandbox/clock', own, (request, reply) => {
    const { advance_ms: advance, now } = read(request.body);
    if (typeof advance === 'number') sandbox.clock.advance(advance);
    else if (typeof now === 'number') sandbox.clock.set(now);
    else return reply.code(400).send({ error: 'send {"advance_ms": <ms>} or {"now": <ms>}' });
    return { now: sandbox.clock.now() };
  });

  app.post('/_sandbox/faults', own, (request, reply) => {
    try {
      sandbox.faults.set(read(request.body));
      return {};
    } catch (error) {
      return reply.code(400).send({ error: (error as Error).message });
    }
  });

  app.get('/_sandbox/faults', own, () => sandbox.faults.struck);

  app.post('/_sandbox/reset', own, () => {
    sandbox.reset();
    return { now: sandbox.clock.now() };
  });
}

/**
 * A page in a browser on this machine may not steer the sandbox: a foreign name in Host is a name that was made to lead
 * here (DNS rebinding), an Origin is a page's, and a page can send any type but JSON without asking first.
 */
async function refuseWebPages(
  { headers, method }: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { host = '', origin } = headers;
  if (!isLoopbackHost(host)) return reply.code(403).send({ error: 'call it by 127.0.0.1' });
  if (origin !== undefined && origin !== `http://${host}`) {
    return reply.code(403).send({ error: 'web pages may not call it' });
  }
  const isJson = /^application\/json *(;|$)/i.test(headers['content-type'] ?? '');
  if (method !== 'GET' && !isJson) {
    return reply.code(415).send({ error: 'send content-type: application/json' });
  }
  return undefined;
}

const isLoopbackHost = (host: string) =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);

function read(body: unknown): Record<string, unknown> {
  try {
    return Object(JSON.parse(String(body))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
