import type { JsonObject, JsonValue } from 'n8n-workflow';

import { simplified, type Fact, type Simplification, type Summary } from './summary';

/** Summaries of several reports of one user, by the name of the report. */
export type Summaries = Readonly<Record<string, Summary>>;

/** A fact of one of several reports that come out as one flat object. */
export interface CombinedFact extends Fact {
  /** The report that it is of; undefined for an ID that all have in common */
  report?: string;
  /** Its name in the summary of that report */
  ownName: string;
}

/** All reports are about the same user, and are parts of one report of Plaid's. */
const IN_COMMON = ['user_id', 'client_report_id', 'report_id'];

const isId = ({ ownName }: CombinedFact) => /_ids?$/.test(ownName);

/**
 * The facts of several reports as one flat list, figures first and IDs last. A fact whose name only one report has keeps
 * it; one whose name several have follows the name of its report.
 */
export function combinedFacts(summaries: Summaries): CombinedFact[] {
  const all = Object.entries(summaries).flatMap(([report, summary]) =>
    summary.map((one): CombinedFact => ({ ...one, report, ownName: one.name })),
  );
  const uses = (name: string) => all.filter(({ ownName }) => ownName === name).length;
  const named = all
    .filter(({ ownName }) => !IN_COMMON.includes(ownName))
    .map((one) =>
      uses(one.ownName) > 1 ? { ...one, name: `${String(one.report)}_${one.ownName}` } : one,
    );
  const common = IN_COMMON.flatMap((name) => {
    const one = all.find(({ ownName }) => ownName === name);
    return one ? [{ ...one, report: undefined }] : [];
  });
  return [...named.filter((one) => !isId(one)), ...common, ...named.filter(isId)];
}

/**
 * Several reports as one flat object. Every fact of the reports that were asked for is in it: null or empty where a
 * report could not be read.
 * @param answers of the reports that were asked for; undefined for one that could not be read
 */
export function combined(
  summaries: Summaries,
  answers: Readonly<Record<string, JsonObject | undefined>>,
  rest: Pick<Simplification, 'request' | 'reasonTexts'>,
): Record<string, JsonValue> {
  const facts = Object.fromEntries(
    Object.entries(answers).map(([report, answer]) => [
      report,
      simplified(summaries[report] ?? [], answer ?? {}, rest),
    ]),
  );
  return Object.fromEntries(
    combinedFacts(summaries)
      .filter(({ report }) => report === undefined || report in answers)
      .map(({ name, ownName, report }) => [
        name,
        (report === undefined ? firstKnown(facts, ownName) : facts[report]?.[ownName]) ?? null,
      ]),
  );
}

const firstKnown = (facts: Record<string, Record<string, JsonValue>>, name: string) =>
  Object.values(facts)
    .map((one) => one[name])
    .find((value) => value !== null && value !== undefined);

/** The summaries, whose facts bear their name in the flat object as well. */
export const withCombinedNames = (summaries: Summaries): Summaries =>
  Object.fromEntries(
    Object.entries(summaries).map(([report, summary]) => [
      report,
      [
        ...summary,
        ...combinedFacts(summaries).filter(
          (one) => one.report === report && one.name !== one.ownName,
        ),
      ],
    ]),
  );
