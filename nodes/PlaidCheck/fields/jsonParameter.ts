import type { JsonObject } from 'n8n-workflow';

import { isObject } from '../json';
import type { Problem } from './rules';

/** A JSON parameter that holds no JSON object. */
export class NotJson {
  readonly problem: Problem;

  constructor(parameter: string, text: string) {
    this.problem = { path: [parameter], text };
  }
}

/** A JSON parameter is an object already when an expression gave one, and text when it was typed. */
export function jsonObject(parameter: string, value: unknown): JsonObject | NotJson {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (parsed instanceof SyntaxError) {
    return new NotJson(
      parameter,
      `expected a JSON object, got text that is not JSON${placeOf(parsed, String(value))}`,
    );
  }
  if (!isObject(parsed)) {
    const got = Array.isArray(parsed)
      ? 'a list'
      : parsed === undefined || parsed === null
        ? 'nothing'
        : `a ${typeof parsed}`;
    return new NotJson(parameter, `expected a JSON object, got ${got}`);
  }
  return parsed;
}

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

/** Where the JSON breaks. Only the place is kept: JavaScript's own message repeats the text, with all that is in it. */
function placeOf({ message }: SyntaxError, text: string): string {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return '';
  const before = text.slice(0, Number(offset)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}
