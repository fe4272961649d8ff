import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

/** Watches this process for anything that would leave it. */
export interface SocketWatch {
  /** What was tried, such as `connect 127.0.0.1:8787`. */
  readonly tried: readonly string[];
  stop(): void;
}

/**
 * Refuses every connection, look-up of a name and datagram from now on, n8n's own included, and keeps a list of them. A server
 * may be asked to listen, for which Node.js looks up an address that is one already.
 */
export function refuseSockets(): SocketWatch {
  const tried: string[] = [];
  const refuse = (what: string) =>
    function refused(...args: unknown[]): never {
      tried.push(`${what} ${JSON.stringify(args.filter((one) => typeof one !== 'function'))}`);
      throw new Error(`A test refuses this: ${what}`);
    };
  const { lookup } = dns;
  const lookUp = (name: string, ...args: unknown[]) =>
    net.isIP(name) > 0 ? Reflect.apply(lookup, dns, [name, ...args]) : refuse('lookup')(name);
  const spies = [
    jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(refuse('connect')),
    jest.spyOn(dns, 'lookup').mockImplementation(lookUp as never),
    jest.spyOn(dns.promises, 'lookup').mockImplementation(refuse('lookup')),
    jest.spyOn(dns, 'resolve').mockImplementation(refuse('resolve') as never),
    jest.spyOn(dgram, 'createSocket').mockImplementation(refuse('datagram')),
  ];
  return {
    tried,
    stop() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
