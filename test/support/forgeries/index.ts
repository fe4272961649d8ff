import { bodies, hashes, times } from './contents';
import type { Ways } from './forge';
import { algorithms, keys, signatures } from './keys';
import { json, noToken, segments } from './writing';

export { createMaterial, type Material } from './forge';

const GROUPS: Readonly<Record<string, Ways>> = {
  'no token': noToken,
  segments,
  JSON: json,
  algorithm: algorithms,
  key: keys,
  signature: signatures,
  time: times,
  hash: hashes,
  body: bodies,
};

/** Every way we know to forge or damage a webhook; each has to be refused with the status, and start nothing. */
export const FORGERIES = Object.entries(GROUPS).flatMap(([group, ways]) =>
  ways.map(([name, forge, status = 401]) => ({ name: `${group}: ${name}`, forge, status })),
);
