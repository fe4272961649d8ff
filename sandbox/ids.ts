import { createHash, randomBytes, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';

const letters = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Where new ids come from. */
export interface IdSource {
  id(length: number): string;
  uuid(): string;
}

let source: IdSource = { id: (length) => letters(randomBytes(length)), uuid: () => randomUUID() };

/** Makes ids of another source while `run` runs, which has no `await` in it. */
export function withIdsFrom<T>(own: IdSource, run: () => T): T {
  const previous = source;
  source = own;
  try {
    return run();
  } finally {
    source = previous;
  }
}

/** A new id of letters and digits, in the form of Plaid's request, item and account ids. */
export const newId = (length: number): string => source.id(length);

/** A new UUID, the form of Plaid's report and subscription ids and the end of its tokens. */
export const newUuid = (): string => source.uuid();

/** An id that is always the same for the same source: at most 64 letters and digits. */
export const stableId = (source: string, length: number): string =>
  letters(createHash('sha512').update(source).digest().subarray(0, length));

/** A UUID that is always the same for the same source. */
export function stableUuid(source: string): string {
  const hex = createHash('sha256').update(source).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-');
}
