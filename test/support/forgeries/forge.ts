import type { Signer } from '../servers/webhookSigner';
import type { Material } from './material';

/** What is sent in place of the genuine webhook. */
export interface Forged {
  token?: string | undefined;
  body?: string | Buffer;
  /** Content-Type */
  type?: string;
  /** Further headers; a list is sent as several lines */
  headers?: Record<string, string | string[]>;
}

/** Makes a webhook that must not be believed; what it leaves open is as in the genuine one. */
export type Forge = (material: Material) => Forged;

/** Forgeries of one kind: a name, how it is made, and the status if n8n refuses it before the node does. */
export type Ways = ReadonlyArray<readonly [name: string, forge: Forge, status?: number]>;

interface Parts {
  head: string;
  claims: string;
  signature: string;
}

export function partsOf(text: string): Parts {
  const [head = '', claims = '', signature = ''] = text.split('.');
  return { head, claims, signature };
}

/** What is done to the token of a webhook whose body stays as it is. */
export const token =
  (forge: (material: Material & Parts) => string | undefined): Forge =>
  (material) => ({ token: forge({ ...material, ...partsOf(material.token) }) });

/** A header that differs from the genuine one, and is rightly signed by Plaid's own key. */
export const header = (change: object | ((plaid: Signer) => object)): Forge =>
  token(({ plaid, body }) => {
    const changed =
      typeof change === 'function' ? (change as (of: Signer) => object)(plaid) : change;
    return plaid.signed({ ...plaid.header, ...changed }, plaid.claims(body));
  });

/** Claims that differ from the genuine ones, and are rightly signed by Plaid's own key. */
export const claims = (change: (body: string) => object): Forge =>
  token(({ plaid, body }) =>
    plaid.signed(plaid.header, { ...plaid.claims(body), ...change(body) }),
  );

/** A genuine token but for the way it is signed, and what its header says of that. */
export const signedBy = (
  how: (material: Material) => (text: Buffer) => Buffer,
  change: Record<string, unknown> = {},
): Forge =>
  token((material) =>
    material.plaid.signed(
      { ...material.plaid.header, ...change },
      material.plaid.claims(material.body),
      how(material),
    ),
  );
