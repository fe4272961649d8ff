/** Gets or creates an entry, marks it as most recently used, and evicts the least recently used one. */
export function touch<T>(entries: Map<string, T>, name: string, max: number, create: () => T): T {
  const entry = entries.get(name) ?? create();
  entries.delete(name);
  entries.set(name, entry);
  if (entries.size > max) {
    const [oldest] = entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
  }
  return entry;
}
