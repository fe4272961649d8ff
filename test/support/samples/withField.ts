import type { Wanted } from '../workflows/fillIn';

/**
 * A copy of a request with one field set, in the first entry of each list on the way.
 * @param field from the body's root, such as `loans[].opened_date`
 */
export function withField(request: Wanted, field: string, value: unknown): Wanted {
  const copy = structuredClone(request);
  const names = field.replaceAll('[]', '').split('.');
  const parent = names.slice(0, -1).reduce((node, name) => {
    const inner = node[name];
    return (Array.isArray(inner) ? inner[0] : inner) as Wanted;
  }, copy);
  parent[names.at(-1) ?? ''] = value;
  return copy;
}
