import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Node tells of each connection without TLS that is going to be made (https://nodejs.org/api/diagnostics_channel.html#net). */
const CHANNEL = 'net.client.socket';

/** The next connection that this process tries to make, before there is one. */
export const nextConnection = (): Promise<Socket> =>
  new Promise((resolve) => {
    const heard = (message: unknown) => {
      unsubscribe(CHANNEL, heard);
      resolve((message as { socket: Socket }).socket);
    };
    subscribe(CHANNEL, heard);
  });

/** Resolves when a connection is given up, whether it came about or not. */
export const givenUp = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));
