import type { JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import { deepMerge } from '../../nodes/PlaidCheck/fields/body';
import { findProblems } from '../../nodes/PlaidCheck/fields/check';
import { loadOracle, type Oracle } from '../../sandbox/oracle';
import { requestHolding } from '../support/sdk/sdkRequests';
import { withField } from '../support/samples/withField';
import { CHECKED, NO_RULE, NOT_CHECKED, NOT_IN_STAND_IN, type Sample } from './support/fieldRules';
import { fieldTexts, ruleSentences } from './support/fieldTexts';

/** The rules that the SDK states in words are all known, and the node keeps those that it says it checks. */

let oracle: Oracle;

beforeAll(async () => {
  oracle = await loadOracle();
});

const KNOWN = [...Object.keys(CHECKED), ...Object.keys(NOT_CHECKED), ...NO_RULE];

/** The known beginning of a sentence: the longest, where one is the beginning of another. */
const known = (sentence: string) =>
  KNOWN.filter((start) => sentence.startsWith(start)).sort((a, b) => b.length - a.length)[0];

const sentences = fieldTexts().flatMap(({ name, text }) =>
  ruleSentences(text).map((sentence) => ({ name, sentence })),
);

test('every sentence of the SDK that may state a rule is in one of the tables', () => {
  expect(sentences.filter(({ sentence }) => known(sentence) === undefined)).toEqual([]);
  expect(sentences.length).toBeGreaterThan(200);
});

test('every sentence in the tables is one of the SDK, once', () => {
  const found = new Set(sentences.map(({ sentence }) => known(sentence)));
  expect(KNOWN.filter((start) => !found.has(start))).toEqual([]);
  expect(new Set(KNOWN).size).toBe(KNOWN.length);
});

const samples = Object.entries(CHECKED).flatMap(([says, ofRule]) =>
  ofRule.map((sample) => ({ says, ...sample })),
);

test('the stand-in is known not to enforce only rules that the node checks', () => {
  expect(NOT_IN_STAND_IN.filter((says) => !(says in CHECKED))).toEqual([]);
});

describe.each(samples)('$says ($field)', ({ says, path, field, refused, taken, beside = {} }) => {
  const endpoint = catalog.find((one) => one.path === path);
  if (!endpoint) throw new Error(`No endpoint ${path}`);

  /** The smallest request with the field, what the rule needs beside it, and a value of the field. */
  function bodyWith(value: Sample['taken'][number]): JsonObject {
    const request = requestHolding(oracle, path, field) as JsonObject;
    const body = withField(deepMerge(request, beside as JsonObject), field, value);
    return JSON.parse(JSON.stringify(body)) as JsonObject;
  }
  const placeOf = field.replaceAll('[]', '.0');
  const places = (body: JsonObject) =>
    findProblems(endpoint, body).map(({ path: at }) => at.join('.'));

  test.each(refused.map((value) => [value]))('refuses %j, and nothing else', (value) => {
    const found = places(bodyWith(value));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((place) => !`${place}.`.startsWith(`${placeOf}.`))).toEqual([]);
  });

  if (!NOT_IN_STAND_IN.includes(says)) {
    test('the stand-in refuses at least one of them', () => {
      const violations = refused.map((value) => oracle.checkRequest(path, bodyWith(value)));
      expect(violations).toContainEqual(expect.objectContaining({ code: expect.any(String) }));
    });
  }

  test.each(taken.map((value) => [value]))('takes %j, as the stand-in does', (value) => {
    expect(findProblems(endpoint, bodyWith(value))).toEqual([]);
    expect(oracle.checkRequest(path, bodyWith(value))).toBeNull();
  });
});
