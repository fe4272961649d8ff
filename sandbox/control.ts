import type { FastifyInstance } from 'fastify';
import { withoutSecrets } from './requests';
import type { Sandbox } from './types';

/** Endpoints to watch and steer a sandbox from another process; no keys needed, loopback only. */
export function addControl(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/_sandbox/requests', () =>
    sandbox.requests.map((request) => withoutSecrets(request, sandbox.secret)),
  );

  app.get('/_sandbox/webhooks', () => sandbox.webhooks);

  app.post('/_sandbox/clock', (request, reply) => {
    const { advance_ms: advance, now } = read(request.body);
    if (typeof advance === 'number') sandbox.clock.advance(advance);
    else if (typeof now === 'number') sandbox.clock.set(now);
    else return reply.code(400).send({ error: 'send {"advance_ms": <ms>} or {"now": <ms>}' });
    return { now: sandbox.clock.now() };
  });

  app.post('/_sandbox/faults', (request, reply) => {
    try {
      sandbox.faults.set(read(request.body));
      return {};
    } catch (error) {
      return reply.code(400).send({ error: (error as Error).message });
    }
  });

  app.get('/_sandbox/faults', () => sandbox.faults.struck);

  app.post('/_sandbox/reset', () => {
    sandbox.reset();
    return { now: sandbox.clock.now() };
  });
}

function read(body: unknown): Record<string, unknown> {
  try {
    return Object(JSON.parse(String(body))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
