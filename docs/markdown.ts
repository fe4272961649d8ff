/** Escapes a text for a cell of a Markdown table. */
export const cell = (text: string) => text.replaceAll('|', '\\|');

const END = '<!-- Until here -->';

/** A document with a generated part between `start`, a comment, and the next end. Throws where there is none. */
export function withPart(document: string, start: string, part: string): string {
  const [before, rest] = document.split(start);
  const [, ...after] = rest?.split(END) ?? [];
  if (before === undefined || after.length === 0)
    throw new Error(`No place between "${start}" and "${END}"`);
  return [before, start, '\n', part, '\n', END, after.join(END)].join('');
}
