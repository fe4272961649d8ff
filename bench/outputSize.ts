import { answersOf, userOf } from './answer';
import type { Case } from './cases';

/** A process of its own: tells how many bytes the output of a case takes in the memory of a script that does nothing but hold it. */

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
