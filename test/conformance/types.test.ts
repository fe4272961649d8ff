import { join } from 'node:path';
import type TypeScript from 'typescript';

import type { catalog } from '../../nodes/PlaidCheck/catalog';
import { createCheckReport } from '../../nodes/PlaidCheck/catalog/checkReport/create';
import type { EndpointDeclaration } from '../../nodes/PlaidCheck/catalog/endpoint';
import { DEVIATIONS } from './support/deviations';
import { FORMS } from './support/forms';
import type { Nothing, Unexpected } from './support/typeDifferences';
import { ts } from '../support/process/typescript';

/**
 * Does not compile unless the type of every endpoint's request equals the SDK's in field names,
 * optionality, types and values, apart from what support/differences.ts lists.
 */
export type EveryEndpointConforms = Nothing<Each<(typeof catalog)[number]>>;

type Each<E> = E extends EndpointDeclaration ? Unexpected<E> : never;

const PROJECT = join(__dirname, '..', '..');

/** A source that exists in the compiler's memory only: it holds what must not compile. */
const CONTROL = join(__dirname, 'control.ts');

const controls = {
  'the endpoint as it is': 'typeof createCheckReport',
  'a path that Plaid does not have': "{ path: '/cra/nothing/get'; request: Request }",
  ...Object.fromEntries(
    Object.keys(DEVIATIONS).map((name) => [
      name,
      `{ path: Path; request: (typeof DEVIATIONS)[${JSON.stringify(name)}]['request'] }`,
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(FORMS).map((name) => [name, `(typeof FORMS)[${JSON.stringify(name)}]`]),
  ),
};

const CONTROL_SOURCE = [
  "import type { createCheckReport } from '../../nodes/PlaidCheck/catalog/checkReport/create';",
  "import type { DEVIATIONS } from './support/deviations';",
  "import type { FORMS } from './support/forms';",
  "import type { Nothing, Unexpected } from './support/typeDifferences';",
  "type Path = (typeof createCheckReport)['path'];",
  "type Request = (typeof createCheckReport)['request'];",
  ...Object.values(controls).map(
    (endpoint, index) => `export type Control${index} = Nothing<Unexpected<${endpoint}>>;`,
  ),
].join('\n');

/** This file and the controls as one program, with the options that `npm run typecheck` has. */
function compile(): TypeScript.Program {
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, files: [], include: [] },
    ts.sys,
    PROJECT,
  );
  const wholeMessages = { ...options, noErrorTruncation: true };
  const disk = ts.createCompilerHost(wholeMessages);
  const host: TypeScript.CompilerHost = {
    ...disk,
    fileExists: (file) => file === CONTROL || disk.fileExists(file),
    readFile: (file) => (file === CONTROL ? CONTROL_SOURCE : disk.readFile(file)),
    getSourceFile: (file, language, ...rest) =>
      file === CONTROL
        ? ts.createSourceFile(file, CONTROL_SOURCE, language)
        : disk.getSourceFile(file, language, ...rest),
  };
  return ts.createProgram([__filename, CONTROL], wholeMessages, host);
}

const program = compile();

const errorsIn = (file: TypeScript.SourceFile) =>
  [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start, messageText }) => ({
      line: file.getLineAndCharacterOfPosition(start ?? 0).line,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }),
  );

test('the type of every request equals the type in the SDK', () => {
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(__dirname) && fileName !== CONTROL);
  expect(sources.map(({ fileName }) => fileName)).toContain(__filename);
  expect(sources.flatMap(errorsIn)).toEqual([]);
});

describe('control: the compiler refuses', () => {
  const source = program.getSourceFile(CONTROL);
  const errors = source ? errorsIn(source) : [];
  const firstLine = CONTROL_SOURCE.split('\n').findIndex((line) =>
    line.startsWith('export type Control'),
  );
  const errorsOf = (name: string) =>
    errors
      .filter(({ line }) => line === firstLine + Object.keys(controls).indexOf(name))
      .map(({ message }) => message);

  const alike = Object.entries(FORMS).flatMap(([name, { found }]) =>
    found.length === 0 ? [name] : [],
  );

  test('nothing but what deviates', () => {
    const equal = ['the endpoint as it is', ...alike];
    expect(equal.flatMap(errorsOf)).toEqual([]);
    expect(errors).toHaveLength(Object.keys(controls).length - equal.length);
  });

  const refusal = (lines: readonly string[]) => lines.map((line) => JSON.stringify(line)).sort();
  const refusedFor = (name: string) => {
    const [error = '', ...others] = errorsOf(name);
    expect(others).toEqual([]);
    const [, texts] = /^Type '(.*)' does not satisfy the constraint 'never'/.exec(error) ?? [];
    return texts?.split(' | ').sort() ?? [];
  };

  test('a path that Plaid does not have', () => {
    expect(refusedFor('a path that Plaid does not have')).toEqual(
      refusal(['/cra/nothing/get is not in the SDK']),
    );
  });

  test.each(Object.entries(DEVIATIONS))('%s', (name, { found, ...rest }) => {
    const gone = 'gone' in rest ? rest.gone : [];
    const lines = [...found, ...gone.map((line) => `listed, but no longer true: ${line}`)];
    expect(refusedFor(name)).toEqual(
      refusal(lines.map((line) => `${createCheckReport.path} ${line}`)),
    );
  });

  test.each(Object.entries(FORMS))('%s', (name, { path, found }) => {
    expect(refusedFor(name)).toEqual(refusal(found.map((line) => `${path} ${line}`)));
  });
});
