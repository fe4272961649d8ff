import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { LOOKS, type Reply } from './kinds';
import type { Fault } from './plan';

/** Into so many drops a slow body is cut. */
const DROPS = 10;

const USUAL_MS = 1000;

export const answerWith = (reply: FastifyReply, { status, type, bytes, headers = {} }: Reply) =>
  reply.code(status).type(type).headers(headers).send(bytes);

/**
 * Sends what a fault makes of an answer.
 * @param answer the true one; null where the request was not carried out
 * @returns the HTTP status that is sent, 0 for none
 */
export function failWith(
  reply: FastifyReply,
  fault: Fault,
  answer: Reply | null,
  requestId: string,
): number {
  const looks = LOOKS[fault.kind];
  if ('instead' in looks) {
    const instead = looks.instead(fault, requestId);
    void answerWith(reply, instead);
    return instead.status;
  }
  reply.hijack();
  if (looks.badly === 'reset' || !answer) {
    reply.raw.socket?.resetAndDestroy();
    return 0;
  }
  BADLY[looks.badly](reply.raw, answer, fault.ms ?? USUAL_MS);
  return answer.status;
}

type Way = (response: ServerResponse, reply: Reply, ms: number) => void;

/** The ways an answer can come badly. Nothing of them goes on once the connection is closed. */
const BADLY = {
  slow_first_byte: (response, reply, ms) => {
    after(ms, response, () => {
      begin(response, reply).end(reply.bytes);
    });
  },

  slow_body: (response, reply, ms) => {
    const { bytes } = reply;
    begin(response, reply);
    const size = Math.max(1, Math.ceil(bytes.length / DROPS));
    const drop = (from: number) => {
      if (from >= bytes.length) return void response.end();
      response.write(bytes.subarray(from, from + size));
      after(ms / DROPS, response, () => drop(from + size));
    };
    drop(0);
  },

  cut_json: (response, reply) => {
    begin(response, { ...reply, bytes: half(reply) }).end(half(reply));
  },

  cut_connection: (response, reply) => {
    begin(response, reply).write(half(reply), () => response.socket?.destroy());
  },
} satisfies Record<string, Way>;

const half = ({ bytes }: Reply) => bytes.subarray(0, Math.floor(bytes.length / 2));

const begin = (response: ServerResponse, { status, type, bytes, headers }: Reply) =>
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    ...headers,
  });

function after(ms: number, response: ServerResponse, then: () => void): void {
  const stop = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    response.off('close', stop);
    then();
  }, ms);
  response.once('close', stop);
}
