import { answersOf, userOf } from './answer';
import type { Case } from './cases';

/** A separate process: reports the memory, in bytes, of a script that only holds the output of a case. */

const { items, answerBytes } = JSON.parse(process.argv[2] ?? '') as Case;
const answerFor = answersOf(answerBytes);

const inUse = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const before = inUse();
const output = Array.from({ length: items }, (_, item) => ({
  json: JSON.parse(answerFor(userOf(item))) as object,
  pairedItem: { item },
}));
const bytes = inUse() - before;
process.send?.({ bytes, items: output.length });
