import type { IDataObject } from 'n8n-workflow';

import type { ReadParameter } from '../fields/request';
import { PARAMETER } from '../fields/names';

/** Which part of an answer the user wants, as set in the node. */
export interface OutputChoice {
  /** Which form of a report comes out; always full where an endpoint has no summary */
  form: 'full' | 'simplified' | 'selected';
  /** Names of facts, where the form is selected */
  facts: readonly string[];
  /** Paths into the whole answer, where the form is selected */
  paths: readonly string[];
  /** Whether the answer's main list comes out as one item for each entry */
  split: boolean;
  /** The field of the item that takes a PDF */
  binaryField: string;
  /** Whether the requests that were made are told beside the answer */
  attempts: boolean;
}

export const DEFAULT_BINARY_FIELD = 'data';

/** What the node says about its output for the current item. */
export function outputChoice(read: ReadParameter): OutputChoice {
  const { splitIntoItems, binaryField, includeAttempts } = (read(PARAMETER.options) ??
    {}) as IDataObject;
  const form = read(PARAMETER.output);
  return {
    form: form === 'simplified' || form === 'selected' ? form : 'full',
    facts: textsIn(read(PARAMETER.outputFacts)),
    paths: textsIn(read(PARAMETER.outputPaths)),
    split: splitIntoItems === true,
    attempts: includeAttempts === true,
    binaryField: String(binaryField ?? '').trim() || DEFAULT_BINARY_FIELD,
  };
}

/** A list of texts; an expression may give one text with commas instead, as for other lists. */
function textsIn(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(',') : [value].flat(2);
  return list.flatMap((entry) => (typeof entry === 'string' ? entry.trim() : [])).filter(Boolean);
}
