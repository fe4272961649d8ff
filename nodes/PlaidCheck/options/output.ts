import type { JsonObject } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import type { Call } from '../client/send';
import type { Summary } from '../facts/summary';
import { closestName } from '../fields/check';
import type { ReadParameter } from '../fields/request';
import { PARAMETER } from '../fields/names';
import { parsedIf } from '../fields/values';
import { asText } from '../utils/json';
import { closestPath, isSamePath } from './responsePath';

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

/** How a report comes out unless the user chooses another form. */
export const DEFAULT_FORM: OutputForm = 'simplified';

/** Which part of a report the user wants. */
export interface OutputChoice {
  form: OutputForm;
  /** Names of facts, where the form is selected */
  facts: readonly string[];
  /** Paths into the full report, where the form is selected */
  paths: readonly string[];
}

/**
 * What the node says about its output for the current item.
 * @param checksPaths whether paths are checked; not so where the user looks for what Plaid added since
 * @throws Error for a form, a fact or a path that does not exist, with the closest one
 */
export function outputChoice(
  read: ReadParameter,
  { name, path, summary, parts }: Pick<Operation, 'name' | 'path' | 'summary' | 'parts'>,
  checksPaths: boolean,
): OutputChoice {
  const form = summary || parts ? formOf(read(PARAMETER.output)) : 'full';
  const isSelected = form === 'selected' && summary !== undefined;
  if (!isSelected) return { form, facts: [], paths: [] };
  const facts = textsIn(read(PARAMETER.outputFacts));
  const paths = textsIn(read(PARAMETER.outputPaths));
  if (facts.length === 0 && paths.length === 0) throw new Error(NOTHING_SELECTED);
  checkFacts('Fact Names or IDs', name, facts, [summary]);
  if (checksPaths) for (const one of paths) checkPath(one, name, path);
  return { form, facts, paths };
}

const NOTHING_SELECTED =
  'Selected Fields needs at least one entry in Fact Names or IDs or in Fields by Path; for all facts, set Output to Simplified';

/** @throws Error for a name that is none of the facts of an operation, with the closest one */
export function checkFacts(
  parameter: string,
  operation: string,
  names: readonly string[],
  summaries: readonly Summary[],
): void {
  if (names.length === 0) return;
  const known = summaries.flat().map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const closest = closestName(wrong, known) ?? known.find((name) => wrong.endsWith(`.${name}`));
  const suggestion = closest === undefined ? '' : `; did you mean ${closest}?`;
  throw new Error(
    `${parameter} must name facts of the operation, and ${JSON.stringify(wrong)} is not a fact of ${operation}${suggestion}`,
  );
}

/** @throws Error for a path that no response of an endpoint has, with the closest one */
function checkPath(path: string, operation: string, endpointPath: string): void {
  const closest = closestPath(endpointPath, path);
  if (closest === undefined || isSamePath(path, closest)) return;
  throw new Error(
    `Fields by Path must name fields of the response, and that of ${operation} has no ${JSON.stringify(path)}; did you mean ${closest}?`,
  );
}

/** The full report holds personal data, so it never takes the place of a form that was meant to be another. */
function formOf(value: unknown): OutputForm {
  if (value === undefined || value === null) return DEFAULT_FORM;
  const form = Object.keys(OUTPUT_FORMS).find((one) => one === value);
  if (form) return form as OutputForm;
  const choices = Object.keys(OUTPUT_FORMS).map((one) => JSON.stringify(one));
  throw new Error(`Output must be one of ${choices.join(', ')}, got ${JSON.stringify(value)}`);
}

/**
 * A list of texts; an expression may give one text with commas or a JSON list instead, as for other lists.
 * @throws Error for text that begins as a JSON list and is none
 */
export function textsIn(value: unknown): string[] {
  const isJson = typeof value === 'string' && value.trim().startsWith('[');
  const given = isJson ? parsedIf('[', value) : value;
  if (isJson && !Array.isArray(given))
    throw new Error(`A list as JSON text is not valid: ${value}`);
  const list = typeof given === 'string' ? given.split(',') : [given].flat(2);
  return list.flatMap((entry) => (typeof entry === 'string' ? entry.trim() : [])).filter(Boolean);
}

/** The IDs of a request by which the next step finds the person and the report. */
export interface RequestIds extends JsonObject {
  user_id: string | null;
  client_report_id: string | null;
  report_id: string | null;
}

/** The IDs that the output repeats, with the keys masked that somebody may have put there by mistake. */
export function requestIdsOf({ body, redaction }: Pick<Call, 'body' | 'redaction'>): RequestIds {
  const idAt = (name: keyof RequestIds & string) => {
    const id = asText(body[name]);
    return id === null ? null : redaction.text(id);
  };
  return {
    user_id: idAt('user_id'),
    client_report_id: idAt('client_report_id'),
    report_id: idAt('report_id'),
  };
}

/** An answer with the request's user ID, so that the next step finds the user; what Plaid itself sends stays as it is. */
export const withUserId = (answer: JsonObject, { user_id }: RequestIds): JsonObject =>
  user_id === null || Object.hasOwn(answer, 'user_id') ? answer : { ...answer, user_id };
