import { isObject } from '../utils/json';

/** The JSON that an expression reads from: that of the item, or of an item of another node. */
export interface Root {
  /** Name of the other node */
  node?: string;
  /** Which of its items: the one that this item comes from, or always the same one */
  which?: 'item' | 'first()' | 'last()';
}

/** Gives what an item's expressions read from; undefined where there is none. */
export type Roots = (root: Root) => unknown;

/** Reads a stored parameter for an item; undefined where only n8n can tell its value. */
export type ReadFromItem = (roots: Roots) => unknown;

/**
 * Reads a stored parameter whose expressions only name fields of items, such as `={{ $json.user_id }}`, as drag and drop
 * writes them. n8n sets up its whole language for each expression of each item, which takes longer than all else about an item.
 * @returns undefined for a parameter that has another expression
 */
export function readFromItem(stored: unknown): ReadFromItem | undefined {
  if (typeof stored === 'string' && stored.startsWith('='))
    return readExpression(stored.slice('='.length));
  if (typeof stored !== 'object' || stored === null) return () => stored;
  const members = Object.entries(stored).map(([name, member]) => ({
    name,
    read: readFromItem(member),
  }));
  const reads = members.flatMap(({ name, read }) => (read ? [{ name, read }] : []));
  if (reads.length < members.length) return undefined;
  const isList = Array.isArray(stored);
  return (roots) => {
    const values: Array<[string, unknown]> = [];
    for (const { name, read } of reads) {
      const value = read(roots);
      if (value === undefined) return undefined;
      values.push([name, value]);
    }
    return isList ? values.map(([, value]) => value) : Object.fromEntries(values);
  };
}

/** A text in quotes; what n8n may read otherwise, such as a backslash or braces, is left to it. */
const QUOTED = String.raw`(?:"[^"\\{}]*"|'[^'\\{}]*')`;

const ROOT = String.raw`\$json|\$\((${QUOTED})\)\.(item|first\(\)|last\(\))\.json`;

const PATH = String.raw`(?:\??\.[A-Za-z_$][\w$]*|(?:\?\.)?\[(?:\d+|${QUOTED})\])+`;

/** A field of an item, such as `{{ $json.name["first name"] }}`. */
const REFERENCE = new RegExp(String.raw`\{\{\s*(?:${ROOT})(${PATH})\s*\}\}`, 'g');

const STEP = new RegExp(String.raw`\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[(${QUOTED})\]`, 'g');

/** What a text around references must not have: other expressions, or backslashes, which n8n reads. */
const NOT_PLAIN = /\{\{|\{$|\\/;

interface Reference extends Root {
  path: readonly string[];
}

function readExpression(template: string): ReadFromItem | undefined {
  const texts: string[] = [];
  const references: Reference[] = [];
  let end = 0;
  for (const { 0: whole, 1: node, 2: which, 3: path = '', index } of template.matchAll(REFERENCE)) {
    const root = node === undefined ? {} : { node: unquoted(node), which: which as Root['which'] };
    references.push({ ...root, path: stepsOf(path) });
    texts.push(template.slice(end, index));
    end = index + whole.length;
  }
  texts.push(template.slice(end));
  const [only, ...others] = references;
  if (!only || texts.some((text) => NOT_PLAIN.test(text))) return undefined;
  if (others.length === 0 && texts.every((text) => text === ''))
    return (roots) => plainAt(roots(only), only.path);
  return (roots) => {
    let joined = texts[0] ?? '';
    for (const [place, reference] of references.entries()) {
      const value = plainAt(roots(reference), reference.path);
      if (value === undefined) return undefined;
      joined += `${value}${texts[place + 1]}`;
    }
    return joined;
  };
}

const unquoted = (quoted: string) => quoted.slice(1, -1);

const stepsOf = (path: string) =>
  [...path.matchAll(STEP)].map(([, name, index, quoted = '']) => name ?? index ?? unquoted(quoted));

/** A text, number or boolean of the item itself; undefined for anything else, which n8n may convert or refuse. */
function plainAt(root: unknown, path: readonly string[]) {
  let value = root;
  for (const name of path) {
    if (!isContainer(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isPlain ? (value as string | number | boolean) : undefined;
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  isObject(value) || Array.isArray(value);
