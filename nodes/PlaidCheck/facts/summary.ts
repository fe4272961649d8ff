import type { JsonObject, JsonValue } from 'n8n-workflow';

import { asText, isObject } from '../utils/json';

import type { Reader } from './read';

/** One fact of a simplified answer; its `read` gives null or an empty list where the answer does not hold it. */
export interface Fact extends Reader {
  /** Stable name in the simplified output, in snake_case as Plaid writes names */
  name: string;
  /** How the picker shows it, in Title Case */
  label: string;
  /** What it says, with its unit, without a period at the end; also in the reference */
  description: string;
  /** The field of the request that says it where the answer does not */
  fromRequest?: string;
  /** Set if it is a table of reasons, whose texts the user may give */
  reasonsOf?: Scorer;
}

/** Whose reason codes have texts of their own. */
export type Scorer = 'lendScore' | 'prism' | 'ultraFico';

/** What reason codes mean, by whose they are. */
export type ReasonTexts = Readonly<Partial<Record<Scorer, Readonly<Record<string, string>>>>>;

export const fact = (name: string, label: string, description: string, reader: Reader): Fact => ({
  name,
  label,
  description,
  ...reader,
});

/** A fact that the request says where the answer does not. */
export const orFromRequest = (field: string, known: Fact): Fact => ({
  ...known,
  fromRequest: field,
});

/** All facts of one endpoint's simplified answer, in the order they come out. */
export type Summary = readonly Fact[];

/** The simplified answer to a request: every fact, or the chosen ones alone. */
export const simplified = (
  summary: Summary,
  answer: JsonObject,
  { request = {}, reasonTexts = {}, chosen }: Simplification = {},
): Record<string, JsonValue> =>
  Object.fromEntries(
    summary
      .filter(({ name }) => !chosen || chosen.includes(name))
      .map((one) => [one.name, inWords(one, valueOf(one, answer, request), reasonTexts)]),
  );

/** What a simplified answer depends on besides the answer. */
export interface Simplification {
  /** The IDs of the request */
  request?: JsonObject;
  /** Texts of reason codes that come before those that are public */
  reasonTexts?: ReasonTexts;
  /** Names of facts; all if left out */
  chosen?: readonly string[];
}

/** Reasons with the user's own texts. */
function inWords({ reasonsOf }: Fact, value: JsonValue, given: ReasonTexts): JsonValue {
  const texts = reasonsOf && given[reasonsOf];
  if (!texts || !Array.isArray(value)) return value;
  return value.map((row) => {
    const code = isObject(row) ? asText(row.code) : null;
    return code !== null && Object.hasOwn(texts, code) ? { code, text: texts[code] ?? code } : row;
  });
}

function valueOf({ read, fromRequest }: Fact, answer: JsonObject, request: JsonObject): JsonValue {
  const value = read(answer);
  return value === null && fromRequest !== undefined ? asText(request[fromRequest]) : value;
}

/** A report, the request that it answers, and the facts that it may hold. */
export interface Report {
  summary: Summary;
  answer: JsonObject;
  request: JsonObject;
}

/** Of the named facts, those that none of the reports holds. */
export const missingFacts = (names: readonly string[], reports: readonly Report[]): string[] =>
  names.filter(
    (name) =>
      !reports.some(({ summary, answer, request }) =>
        summary.some((one) => one.name === name && isHeld(one, answer, request)),
      ),
  );

/**
 * An empty list that Plaid sent is what a report says, as where it has no warnings; one that it did not send is missing. A
 * set of attributes is never empty.
 */
function isHeld(one: Fact, answer: JsonObject, request: JsonObject): boolean {
  const value = valueOf(one, answer, request);
  if (value === null || (isObject(value) && Object.keys(value).length === 0)) return false;
  return one.isKnown?.(answer) ?? true;
}
