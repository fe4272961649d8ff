import {
  type Failure,
  type InvalidItems,
  isNotSent,
  type ProblemOutput,
  type WrongField,
} from './failure';
import { type InvalidItem, TEXTS } from './failureTexts';

/** The title of a failure: what happened, and whether money or data is at stake. Many people read nothing else. */
export function headlineOf(failed: Failure): string {
  const { message, howToVerify, createdReport, stake = 'request', invalidItems } = failed;
  if (invalidItems) return TEXTS.notSent(ofItems(invalidItems));
  if (isNotSent(failed)) return TEXTS.notSent(message);
  // The message itself says that a report was created.
  const isOpen = howToVerify !== null && createdReport === undefined;
  return isOpen ? TEXTS.withStake(message, stake) : message;
}

function ofItems({ items, invalid }: InvalidItems): string {
  const groups = groupedByReason(invalid);
  const [first] = groups;
  if (!first) throw new Error('There are no invalid items');
  return groups.length === 1
    ? TEXTS.sameProblem(invalid.length, items, first.reason)
    : TEXTS.differentProblems(invalid.length, items, first.reason);
}

/** Items with the same problem, in the order of their first one. */
interface Group {
  reason: string;
  items: InvalidItem[];
}

function groupedByReason(invalid: readonly InvalidItem[]): Group[] {
  const groups = new Map<string, InvalidItem[]>();
  for (const item of invalid) {
    for (const reason of new Set(item.reasons)) {
      groups.set(reason, [...(groups.get(reason) ?? []), item]);
    }
  }
  return [...groups].map(([reason, items]) => ({ reason, items }));
}

/** A line for each problem, with the items that have it. */
export const linesOf = ({ invalid }: InvalidItems): string[] => [
  ...groupedByReason(invalid).map(({ reason, items }) => TEXTS.itemsWithProblem(reason, items)),
  TEXTS.countedFromZero,
];

/** A line for each call that used up the limit of the execution. */
export const linesOfCalls = ({ earlierCalls }: Failure): string[] =>
  (earlierCalls?.calls ?? []).map(TEXTS.earlierCall);

/** A wrong field as it is output. */
export const outputOfProblem = ({ path, label, message }: WrongField): ProblemOutput => ({
  path,
  ...(label !== undefined && { label }),
  message,
});
