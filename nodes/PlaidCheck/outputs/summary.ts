import type { JsonObject, JsonValue } from 'n8n-workflow';

/** One fact of a simplified answer. */
export interface Fact {
  /** Stable name in the simplified output, in snake_case as Plaid writes names */
  name: string;
  /** How the picker shows it, in Title Case */
  label: string;
  /** What it says, with its unit, without a full stop at the end; also in the reference */
  description: string;
  /** The fact read off Plaid's whole answer; null where the answer does not hold it */
  read: (answer: JsonObject) => JsonValue;
}

/** All facts of one endpoint's simplified answer, in the order they come out. */
export type Summary = readonly Fact[];

/** The simplified answer: every fact, or the chosen ones alone. */
export const simplified = (summary: Summary, answer: JsonObject, chosen?: readonly string[]) =>
  Object.fromEntries(
    summary
      .filter(({ name }) => !chosen || chosen.includes(name))
      .map(({ name, read }) => [name, read(answer)]),
  );
