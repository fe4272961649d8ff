import { seconds, type Signer } from '../servers/webhookSigner';

interface Genuine {
  body: string;
  token: string;
  /** Content-Type */
  type?: string;
}

/**
 * Webhooks of Plaid's that differ from the usual one in what does not matter, and have to be believed.
 * Each is about the given content.
 */
export const GENUINE: ReadonlyArray<
  readonly [name: string, make: (plaid: Signer, content: object) => Genuine]
> = [
  ['as Plaid sends it', (plaid, content) => signed(plaid, JSON.stringify(content))],
  ...(
    [
      ['nearly 5 minutes old', () => ({ iat: seconds() - 290 })],
      ['by a clock that is ahead', () => ({ iat: seconds() + 25 })],
      ['at a fraction of a second', () => ({ iat: seconds() - 0.5 })],
      ['with more claims', () => ({ aud: ['n8n', { a: 1 }] })],
      ['with a claim named as every object has it', () => ({ constructor: 1, toString: 'x' })],
    ] as const
  ).map(
    ([name, claims]) =>
      [
        name,
        (plaid: Signer, content: object) => signed(plaid, JSON.stringify(content), claims()),
      ] as const,
  ),
  ...(
    [
      ['without a type in its header', { typ: undefined }],
      ['with a parameter more in its header', { cty: 'json' }],
    ] as const
  ).map(
    ([name, header]) =>
      [
        name,
        (plaid: Signer, content: object) => signed(plaid, JSON.stringify(content), {}, header),
      ] as const,
  ),
  ...['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded'].map(
    (type) =>
      [
        `as ${type}`,
        (plaid: Signer, content: object) => ({ ...signed(plaid, JSON.stringify(content)), type }),
      ] as const,
  ),
  ['laid out', (plaid, content) => signed(plaid, JSON.stringify(content, null, 2))],
  [
    'with white space at the end',
    (plaid, content) => signed(plaid, `${JSON.stringify(content)} \n`),
  ],
  [
    'with letters of other languages',
    (plaid, content) => signed(plaid, JSON.stringify({ ...content, note: 'José 東京 🏦' })),
  ],
];

function signed(plaid: Signer, body: string, claims: object = {}, header: object = {}): Genuine {
  const token = plaid.signed({ ...plaid.header, ...header }, { ...plaid.claims(body), ...claims });
  return { body, token };
}
