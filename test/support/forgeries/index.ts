import { algorithms } from './algorithms';
import { bodies, hashes, times } from './contents';
import type { Ways } from './forge';
import { keyAnswers, keys } from './keys';
import { signatures } from './signatures';
import { headers, json, noToken, segments } from './writing';

export type { Forged } from './forge';
export { GENUINE } from './genuine';
export { KEY_ANSWERS } from './keyAnswers';
export { LOOKUPS } from './keys';
export { createMaterial, KEY_PATH, startForgersPlaid, type Material } from './material';
export { sendForged } from './send';

const GROUPS: Readonly<Record<string, Ways>> = {
  'no token': noToken,
  segments,
  JSON: json,
  header: headers,
  algorithm: algorithms,
  key: keys,
  signature: signatures,
  time: times,
  hash: hashes,
  body: bodies,
  "the key's answer": keyAnswers,
};

/** Every way we know to forge or damage a webhook; each has to be refused with the status, and start nothing. */
export const FORGERIES = Object.entries(GROUPS).flatMap(([group, ways]) =>
  ways.map(([name, forge, status = 401]) => ({ name: `${group}: ${name}`, forge, status })),
);
