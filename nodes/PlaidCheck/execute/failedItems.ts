import type { IDataObject } from 'n8n-workflow';

import { type Failure, isNotSent } from '../client/failure';
import { type InvalidItem, TEXTS } from '../client/failureTexts';

/** What is wrong with an item, a sentence each, without the item's values, so that equal problems have equal sentences. */
export function reasonsOf({ problems = [], message }: Failure): string[] {
  if (problems.length === 0) return [message];
  return problems.map((problem) => TEXTS.problem(problem, problem.rule ?? problem.message));
}

/** The names by which an item says who it is about, best first. */
const ID_NAMES = [/^client_user_id$/i, /^user_id$/i, /(^|_)id$/i, /[a-z](Id|ID)$/];

/** IDs that a state gave to a person are personal data. */
const PERSONAL = /tax|national|government|passport|licen[cs]e|social|ssn/i;

/** The own ID of an input item: the person's where it has one, else the first field that is named as an ID. */
export function idOf(json: IDataObject): InvalidItem['id'] {
  const ids = Object.entries(json).filter(
    ([name, value]) =>
      !PERSONAL.test(name) &&
      ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number'),
  );
  for (const wanted of ID_NAMES) {
    const [name, value] = ids.find(([key]) => wanted.test(key)) ?? [];
    if (name !== undefined) return { name, value: String(value) };
  }
  return null;
}

/** What the editor says at the output of a run that continued although items failed; undefined where none did. */
export function hintOfFailures(
  failures: ReadonlyArray<Failure | undefined>,
  items: number,
): string | undefined {
  const failed = failures.filter((failure) => failure !== undefined);
  const counts = new Map<string, number>();
  for (const reason of failed.flatMap((failure) => [...new Set(reasonsOf(failure))])) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  if (!most) return undefined;
  const notSent = failed.filter(isNotSent).length;
  const [reason, sharing] = most;
  return TEXTS.failedItems({ items, failed: failed.length, notSent, reason, sharing });
}
