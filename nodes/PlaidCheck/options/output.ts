import type { ReadParameter } from '../fields/request';
import { PARAMETER } from '../fields/names';

/** The forms in which a report comes out, as a workflow saves them. */
export const OUTPUT_FORMS = {
  full: { name: 'Full', description: 'The complete response from Plaid' },
  selected: {
    name: 'Selected Fields',
    description: 'Only the fields that you select',
  },
  simplified: {
    name: 'Simplified',
    description: 'The values for a decision in one flat object, short enough for an AI agent',
  },
} as const;

type OutputForm = keyof typeof OUTPUT_FORMS;

/** Which part of a report the user wants. */
export interface OutputChoice {
  form: OutputForm;
  /** Names of facts, where the form is selected */
  facts: readonly string[];
  /** Paths into the full report, where the form is selected */
  paths: readonly string[];
}

/** What the node says about its output for the current item. @throws Error for a form that does not exist */
export function outputChoice(read: ReadParameter): OutputChoice {
  return {
    form: formOf(read(PARAMETER.output)),
    facts: textsIn(read(PARAMETER.outputFacts)),
    paths: textsIn(read(PARAMETER.outputPaths)),
  };
}

/** The full report holds personal data, so it never takes the place of a form that was meant to be another. */
function formOf(value: unknown): OutputForm {
  // Operations without a short form have no such field.
  if (value === undefined || value === null) return 'full';
  const form = Object.keys(OUTPUT_FORMS).find((one) => one === value);
  if (form) return form as OutputForm;
  const choices = Object.keys(OUTPUT_FORMS).map((one) => JSON.stringify(one));
  throw new Error(`Output: expected one of ${choices.join(', ')}, got ${JSON.stringify(value)}`);
}

/** A list of texts; an expression may give one text with commas instead, as for other lists. */
function textsIn(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(',') : [value].flat(2);
  return list.flatMap((entry) => (typeof entry === 'string' ? entry.trim() : [])).filter(Boolean);
}
