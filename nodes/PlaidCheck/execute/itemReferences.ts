import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../utils/json';

/** Reads a stored parameter for an item; undefined where only n8n can tell its value. */
export type ReadFromItem = (json: IDataObject) => unknown;

/**
 * Reads a stored parameter whose expressions only name fields of the item, such as `={{ $json.user_id }}`, as drag and drop
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
  return (json) => {
    const value: Record<string, unknown> = {};
    const list: unknown[] = [];
    for (const { name, read } of reads) {
      const member = read(json);
      if (member === undefined) return undefined;
      if (isList) list.push(member);
      else value[name] = member;
    }
    return isList ? list : value;
  };
}

/** A field of the item, such as `{{ $json.name["first name"] }}`. Braces inside a name are left to n8n. */
const REFERENCE =
  /\{\{\s*\$json((?:(?:\??\.[A-Za-z_$][\w$]*)|(?:(?:\?\.)?\[(?:\d+|"[^"\\{}]*"|'[^'\\{}]*')\]))+)\s*\}\}/g;

const STEP = /\.([A-Za-z_$][\w$]*)|\[(?:(\d+)|"([^"]*)"|'([^']*)')\]/g;

/** What a text around references must not have: other expressions, or backslashes, which n8n reads. */
const NOT_PLAIN = /\{\{|\{$|\\/;

function readExpression(template: string): ReadFromItem | undefined {
  // Texts at even places, references between them.
  const parts = template.split(REFERENCE);
  const texts = parts.filter((_, place) => place % 2 === 0);
  const paths = parts.filter((_, place) => place % 2 === 1).map(stepsOf);
  const [only] = paths;
  if (!only || texts.some((text) => NOT_PLAIN.test(text))) return undefined;
  if (paths.length === 1 && texts.every((text) => text === ''))
    return (json) => plainAt(json, only);
  return (json) => {
    let joined = texts[0] ?? '';
    for (const [place, path] of paths.entries()) {
      const value = plainAt(json, path);
      if (value === undefined) return undefined;
      joined += `${value}${texts[place + 1]}`;
    }
    return joined;
  };
}

const stepsOf = (reference: string) =>
  [...reference.matchAll(STEP)].map(
    ([, name, index, double, single]) => name ?? index ?? double ?? single ?? '',
  );

/** A text, number or boolean of the item itself; undefined for anything else, which n8n may convert or refuse. */
function plainAt(json: IDataObject, path: readonly string[]) {
  let value: unknown = json;
  for (const name of path) {
    if (!isContainer(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return isPlain ? (value as string | number | boolean) : undefined;
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  isObject(value) || Array.isArray(value);
