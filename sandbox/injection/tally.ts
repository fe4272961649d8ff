/** What a sandbox processed, whether or not the caller got a response. */
export interface Tally {
  add(path: string, body: unknown): void;
  count(path: string, key?: string): number;
  clear(): void;
}

export function createTally(): Tally {
  const byPath = new Map<string, { all: number; byText: Map<string, number> }>();
  return {
    add(path, body) {
      const done = byPath.get(path) ?? { all: 0, byText: new Map<string, number>() };
      byPath.set(path, done);
      done.all++;
      for (const text of new Set(textsIn(body))) {
        done.byText.set(text, (done.byText.get(text) ?? 0) + 1);
      }
    },
    count(path, key) {
      const done = byPath.get(path);
      return (key === undefined ? done?.all : done?.byText.get(key)) ?? 0;
    },
    clear: () => byPath.clear(),
  };
}

/** Every text in a body, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
