import { createSigner, type Signer } from '../servers/webhookSigner';

/** What a forger has: the webhook of somebody else, Plaid's public key, and keys of their own. */
export interface Material {
  /** Plaid; only its public parts are known to a forger, but a damaged webhook may be rightly signed */
  plaid: Signer;
  /** A key Plaid has retired */
  retired: Signer;
  /** A key that Plaid has never heard of */
  own: Signer;
  body: string;
  /** A genuine token for the body */
  token: string;
}

/** Keys for a forger to work with, and for a Plaid that is to tell them apart. */
export function createMaterial(body: string): Material {
  const plaid = createSigner();
  return { plaid, retired: createSigner(), own: createSigner(), body, token: plaid.token(body) };
}

/** Makes a webhook that must not be believed; what it leaves open is as in the genuine one. */
export type Forge = (material: Material) => {
  token?: string | undefined;
  body?: string | Buffer;
  type?: string;
};

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
