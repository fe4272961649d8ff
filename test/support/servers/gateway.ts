import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

/** An authority of one's own, with a certificate for this machine and one of a client. */
export interface Authority {
  /** The certificate that signed the others, and is the server's too */
  ca: string;
  serverKey: string;
  clientCert: string;
  clientKey: string;
}

/** What the generator gives besides what its types say. */
interface Made {
  private: string;
  cert: string;
  clientprivate?: string;
  clientcert?: string;
}

export function createAuthority(name = 'Bank CA'): Authority {
  const made: Made = generate(
    [
      { name: 'commonName', value: 'localhost' },
      { name: 'organizationName', value: name },
    ],
    {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
      ],
      clientCertificate: true,
      clientCertificateCN: 'lender',
      clientCertificateKeySize: 2048,
    },
  );
  return {
    ca: made.cert,
    serverKey: made.private,
    clientCert: made.clientcert ?? '',
    clientKey: made.clientprivate ?? '',
  };
}

/** A bank's gateway in front of Plaid: it lets nobody in without a certificate of its authority. */
export interface Gateway {
  readonly url: string;
  /** Of each request the name in the client's certificate, and the body */
  readonly requests: ReadonlyArray<{ client: string; text: string }>;
  close(): Promise<void>;
}

export async function startGateway(
  { ca, serverKey }: Authority,
  respond: (text: string) => object = () => ({ request_id: 'of-the-gateway' }),
  maxVersion: SecureVersion = 'TLSv1.3',
): Promise<Gateway> {
  const requests: Array<{ client: string; text: string }> = [];
  const tls = { key: serverKey, cert: ca, ca, requestCert: true, maxVersion };
  const server = createServer(tls, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      requests.push({ client: String(subject.CN), text });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(respond(text)));
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
