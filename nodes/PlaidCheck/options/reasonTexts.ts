import type { ReasonTexts, Scorer } from '../facts/summary';
import { describeValue } from '../fields/expectation';

/**
 * The user's texts for reason codes. A number as text, as a table may have, is one.
 * @throws Error for a text that is no text
 */
export function reasonTexts(given: Record<Scorer, Record<string, unknown>>): ReasonTexts {
  return Object.fromEntries(
    Object.entries(given).map(([scorer, texts]) => [
      scorer,
      Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, textFor(code, text)])),
    ]),
  );
}

function textFor(code: string, text: unknown): string {
  if (typeof text === 'string' && text.trim() !== '') return text.trim();
  if (typeof text === 'number') return String(text);
  throw new Error(
    `the option Reason Texts must have a text for the code ${JSON.stringify(code)}, got ${describeValue(text as never, false)}`,
  );
}
