import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { number } from '../../nodes/PlaidCheck/facts/read';
import { fact, simplified, type Summary } from '../../nodes/PlaidCheck/facts/summary';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { random } from '../../sandbox/random';
import { expectEqual } from '../support/process/expectEqual';
import { SUMMARIES, typeProblems } from '../support/samples/summaries';
import { anyAnswer, anyJson, damaged, fullAnswer, watched } from './support/answers';

/** Always the same answers, so that a failure can be looked into. */
const SEED = 20200914;

let oracle: Oracle;
beforeAll(async () => {
  oracle = await loadOracle();
});

const schemaOf = (path: string) => {
  const response = oracle.endpoints[path]?.response;
  if (!response) throw new Error(`The SDK has no response for ${path}`);
  return response;
};

/** The fields a summary reads that the SDK's type of the answer does not have. */
function unknownPaths(path: string, summary: Summary, answer: JsonObject): string[] {
  const unknown = new Set<string>();
  simplified(
    summary,
    watched(answer, schemaOf(path), oracle.definitions, (field) => unknown.add(field)),
  );
  return [...unknown];
}

function problemsOf(summary: Summary, answer: JsonObject): string[] {
  const facts: Record<string, JsonValue> = simplified(summary, answer);
  return summary.flatMap((one) => typeProblems(one, facts[one.name] ?? null));
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === null || value === undefined || Object.keys(value).length === 0;

/** Facts and columns that a summary finds nothing for. */
function emptyOnes(summary: Summary, answer: JsonObject): string[] {
  const request = { user_id: 'usr_1', client_report_id: 'one', report_id: 'two' };
  const facts: Record<string, JsonValue> = simplified(summary, answer, { request });
  return summary.flatMap(({ name, type, columns = {} }) => {
    const value = facts[name] ?? null;
    if (type !== 'table') return typeof value === 'object' && isEmpty(value) ? [name] : [];
    const rows = value as JsonObject[];
    return Object.keys(columns)
      .filter((column) => rows.every((row) => row[column] === null || row[column] === undefined))
      .map((column) => `${name}.${column}`);
  });
}

describe.each(Object.entries(SUMMARIES))('the summary of %s', (path, summary) => {
  test('reads only what the SDK’s answer has, and finds something for every fact and column', () => {
    const answer = fullAnswer(schemaOf(path), oracle.definitions);
    expect(oracle.checkResponse(path, answer)).toEqual([]);
    expect(unknownPaths(path, summary, answer)).toEqual([]);
    expect(emptyOnes(summary, answer)).toEqual([]);
  });

  test('gives facts of the described types for any valid answer', () => {
    fc.assert(
      fc.property(anyAnswer(schemaOf(path), oracle.definitions), (answer) => {
        expectEqual(oracle.checkResponse(path, answer), []);
        expectEqual(unknownPaths(path, summary, answer), []);
        expectEqual(problemsOf(summary, answer), []);
      }),
      { numRuns: 100, seed: SEED },
    );
  });

  test('gives facts of the described types when parts of the answer are anything else', () => {
    const answers = anyAnswer(schemaOf(path), oracle.definitions);
    fc.assert(
      fc.property(answers, fc.string(), anyJson(), (answer, seed, junk) => {
        const broken = damaged(answer, random(seed), junk) as JsonObject;
        expectEqual(problemsOf(summary, broken), []);
      }),
      { numRuns: 200, seed: SEED },
    );
    const odd: JsonObject[] = [{}, { report: null }, { report: [] }, { items: 'x' }, { report: 3 }];
    expect(odd.flatMap((answer) => problemsOf(summary, answer))).toEqual([]);
  });

  test('names each fact and column once, in snake_case, and describes it', () => {
    const names = summary.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    const labels = summary.map(({ label }) => label);
    expect(labels).toEqual([...new Set(labels)]);
    expect(names).toEqual(expect.arrayContaining(['user_id', 'client_report_id']));
    expect(names.at(-1)).toBe('request_id');
    const firstId = names.findIndex((one) => one.endsWith('_id') || one.endsWith('_ids'));
    expect(names.slice(firstId).filter((one) => !/_ids?$/.test(one))).toEqual([]);
    for (const { name, label, description, columns = {} } of summary) {
      for (const one of [name, ...Object.keys(columns)])
        expect(one).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      expect(label).toMatch(/^[A-Z0-9]/);
      expect(description).toMatch(/^\S.*[^.\s]$/);
    }
  });
});

test('a field that Plaid does not have is noticed', () => {
  const path = '/cra/check_report/lend_score/get';
  const misspelt = [fact('score', 'Score', 'The score', number('report.lend_score.scores'))];
  const answer = fullAnswer(schemaOf(path), oracle.definitions);
  expect(unknownPaths(path, misspelt, answer)).toEqual(['.report.lend_score.scores']);
  expect(emptyOnes(misspelt, answer)).toEqual(['score']);
});

test('a field that only another form of a union has is noticed', () => {
  const path = '/cra/report/get';
  const product = 'report.products[product=cra_home_lending]';
  const wrong = [fact('x', 'X', 'X', number(`${product}.attributes.user_summary`))];
  expect(unknownPaths(path, wrong, fullAnswer(schemaOf(path), oracle.definitions))).toEqual([
    '.report.products[].attributes.user_summary',
  ]);
});

test('the catalog gives each endpoint the summary of its answer', () => {
  const endpoints: readonly Endpoint[] = catalog;
  const read = endpoints.filter(({ summary }) => summary);
  for (const { path, summary } of read)
    expect([path, summary === SUMMARIES[path]]).toEqual([path, true]);
  const without = endpoints.filter(({ path, summary }) => path in SUMMARIES && !summary);
  expect(without.map(({ path }) => path)).toEqual([]);
});
