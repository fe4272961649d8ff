import type { JsonObject } from 'n8n-workflow';

import { isObject } from '../utils/json';

import type { Reader } from './read';

/** One fact of a simplified answer; its `read` gives null or an empty list where the answer does not hold it. */
export interface Fact extends Reader {
  /** Stable name in the simplified output, in snake_case as Plaid writes names */
  name: string;
  /** How the picker shows it, in Title Case */
  label: string;
  /** What it says, with its unit, without a period at the end; also in the reference */
  description: string;
}

export const fact = (name: string, label: string, description: string, reader: Reader): Fact => ({
  name,
  label,
  description,
  ...reader,
});

/** All facts of one endpoint's simplified answer, in the order they come out. */
export type Summary = readonly Fact[];

/** The simplified answer: every fact, or the chosen ones alone. */
export const simplified = (summary: Summary, answer: JsonObject, chosen?: readonly string[]) =>
  Object.fromEntries(
    summary
      .filter(({ name }) => !chosen || chosen.includes(name))
      .map(({ name, read }) => [name, read(answer)]),
  );

/** A report and the facts that it may hold. */
export interface Report {
  summary: Summary;
  answer: JsonObject;
}

/** Of the named facts, those that none of the reports holds. */
export const missingFacts = (names: readonly string[], reports: readonly Report[]): string[] =>
  names.filter(
    (name) =>
      !reports.some(({ summary, answer }) =>
        summary.some((one) => one.name === name && isHeld(one, answer)),
      ),
  );

/**
 * An empty list that Plaid sent is what a report says, as where it has no warnings; one that it did not send is missing. A
 * set of attributes is never empty.
 */
function isHeld({ read, isKnown }: Fact, answer: JsonObject): boolean {
  const value = read(answer);
  if (value === null || (isObject(value) && Object.keys(value).length === 0)) return false;
  return isKnown?.(answer) ?? true;
}
