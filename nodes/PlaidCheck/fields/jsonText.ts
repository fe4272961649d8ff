/** What a JSON text may hold next. */
type Expected = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'comma' | 'end';

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * Where a text stops being JSON (RFC 8259): the index of the first character that can't be there, or the length of a text that
 * ends too early. Engines tell it for some errors only, in sentences that differ between versions.
 */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found) at += found[0].length;
    return found !== null;
  };
  for (;;) {
    skip(SPACE);
    const next = text[at];
    const closes = open.at(-1) === '{' ? '}' : ']';
    if (next === undefined || expected === 'end') return at;
    const mayClose =
      expected === 'comma' || expected === 'first value' || expected === 'first name';
    if (mayClose && open.length > 0 && next === closes) {
      at++;
      open.pop();
      expected = open.length === 0 ? 'end' : 'comma';
    } else if (expected === 'comma' && next === ',') {
      at++;
      expected = open.at(-1) === '{' ? 'name' : 'value';
    } else if (expected === 'colon' && next === ':') {
      at++;
      expected = 'value';
    } else if (expected === 'name' || expected === 'first name') {
      if (!skip(STRING)) return at;
      expected = 'colon';
    } else if (expected === 'value' || expected === 'first value') {
      if (next === '{' || next === '[') {
        at++;
        open.push(next);
        expected = next === '{' ? 'first name' : 'first value';
      } else if (skip(STRING) || skip(SCALAR)) {
        expected = open.length === 0 ? 'end' : 'comma';
      } else return at;
    } else return at;
  }
}

/** The line and column of an offset, both counted from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Whether a text is a curl command, as Plaid's docs and API clients give them. */
export const isCurlCommand = (text: string) => /^\s*(?:\$\s*)?curl(?:\.exe)?\s/i.test(text);
