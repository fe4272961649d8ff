import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ts } from '../support/process/typescript';

const ROOT = join(__dirname, '../..');
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);

/** The project's own files that a file imports, for a value or for a type alone. */
const importsOf = (file: string): string[] =>
  ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.flatMap(({ fileName }) => {
    const { resolvedModule } = ts.resolveModuleName(fileName, file, options, ts.sys);
    return resolvedModule && fileNames.includes(resolvedModule.resolvedFileName)
      ? [resolvedModule.resolvedFileName]
      : [];
  });

/** The first cycle of a graph, as a path that ends where it starts. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const cycle = search(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = search(file, []);
    if (cycle) return cycle;
  }
  return null;
}

const imports = new Map(fileNames.map((file) => [file, importsOf(file)]));

// ESLint's import-x/no-cycle does not follow type imports.
it('has no cycle of imports, type imports included', () => {
  expect(findCycle(imports)?.map((file) => relative(ROOT, file)) ?? []).toEqual([]);
});

it('follows type imports', () => {
  const context = join(ROOT, 'sandbox/context.ts');
  expect(imports.get(context)).toContain(join(ROOT, 'sandbox/state/index.ts'));
});

it('tells a cycle by its files', () => {
  const cycle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(findCycle(cycle)).toEqual(['b', 'c', 'b']);
});
