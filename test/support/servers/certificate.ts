import { generate } from 'selfsigned';

/** What a server shows over https, as `node:https` takes it. */
export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate that nobody has signed; only who is `trusting` takes it. */
export function selfSigned(): Certificate {
  const attributes = [{ name: 'commonName', value: '127.0.0.1' }];
  const { private: key, cert } = generate(attributes, { keySize: 2048, algorithm: 'sha256' });
  return { key, cert };
}
