/**
 * Every text within a value, as far as it can be reached: keys and values, hidden properties (such as
 * an error's message, stack and cause), maps, sets and bytes; and the text that JSON makes of it.
 */
export function everyText(root: unknown): string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'symbol') texts.push(String(value.description));
    else if (typeof value === 'bigint' || typeof value === 'number') texts.push(String(value));
    if (!isReachable(value) || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'));
      continue;
    }
    if (Symbol.iterator in value) waiting.push(...(value as Iterable<unknown>));
    for (const key of Reflect.ownKeys(value)) waiting.push(key, read(value, key));
  }
  return texts;
}

const isReachable = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** A property that can't be read holds nothing that could be shown. */
function read(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

/** The ways a secret can look once it has been passed on: as it is, or in a common encoding. */
function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Base64 of a longer text that begins with the secret, but for the last letters, which depend on what follows.
  const base64 = bytes.toString('base64').replace(/=+$/, '').slice(0, -2);
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), base64];
}

/** Which of the secrets occur anywhere in a value; empty if none does. */
export function leaksOf(secrets: readonly string[], value: unknown): string[] {
  const texts = everyText(value);
  return secrets.filter((secret) =>
    disguises(secret).some((disguise) => texts.some((text) => text.includes(disguise))),
  );
}
