import type { JsonObject } from 'n8n-workflow';
import { z } from 'zod/v4';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import { findOperation } from '../../nodes/PlaidCheck/catalog/operations';
import { bodyFromParameters, deepMerge } from '../../nodes/PlaidCheck/fields/body';
import { closestName, formatProblem, findProblems } from '../../nodes/PlaidCheck/fields/check';
import { editorFields } from '../../nodes/PlaidCheck/fields/form';
import {
  isoDate,
  labels,
  textField,
  textList,
  wholeNumber,
} from '../../nodes/PlaidCheck/fields/builders';
import { fieldsOf } from '../../nodes/PlaidCheck/fields/model';
import { readValues } from '../../nodes/PlaidCheck/fields/values';

const label = (name: string) => ({ name, description: `The ${name.toLowerCase()}` });

describe('a date field, which no endpoint of the catalog has yet', () => {
  const request = z.strictObject({
    opened: isoDate(label('Opened')),
    closed: isoDate(label('Closed')).optional(),
  });
  const fields = fieldsOf(request);
  const linesFor = (body: Record<string, string>) =>
    findProblems({ request, fields, identity: [] }, body).map(formatProblem);

  test('is a date picker without a time of day', () => {
    expect(editorFields(fields)[0]).toMatchObject({
      name: 'opened',
      type: 'dateTime',
      typeOptions: { dateOnly: true },
    });
  });

  test('sends the day alone, whatever time the date picker adds', () => {
    const parameters = {
      opened: '2024-02-29T00:00:00.000-05:00',
      additionalFields: { closed: '2024-03-01' },
    };
    const { body } = bodyFromParameters(fields, parameters);
    expect(readValues(fields, body, 'America/New_York')).toEqual({
      body: { opened: '2024-02-29', closed: '2024-03-01' },
      problems: [],
    });
  });

  test('takes days that exist and no others', () => {
    expect(linesFor({ opened: '2024-02-29' })).toEqual([]);
    for (const wrong of ['2023-02-29', '2024-13-01', '02/29/2024', '2024-2-9', 'today']) {
      expect(linesFor({ opened: wrong })).toEqual([
        `opened: must be a valid date as YYYY-MM-DD, got "${wrong}"`,
      ]);
    }
  });
});

describe('a schema the form can not show is refused when it is declared', () => {
  test.each([
    ['a field without a label', z.strictObject({ a: z.string() }), /"a" has no label/],
    [
      'a list of numbers',
      z.strictObject({ a: withLabel(z.array(z.number())) }),
      /"a" has entries of a type/,
    ],
    [
      'a union',
      z.strictObject({ a: withLabel(z.union([z.string(), z.number()])) }),
      /"a" has a type/,
    ],
  ])('%s', (_what, request, message) => {
    expect(() => fieldsOf(request)).toThrow(message);
  });

  function withLabel<S extends z.ZodType>(schema: S): S {
    // As a catalog file would do it that builds a schema past the builders of fields/field.ts.
    labels.add(schema, label('A'));
    return schema;
  }
});

describe('limits of a whole number', () => {
  const expected = (limits: { min?: number; max?: number }) => {
    const request = z.strictObject({ n: wholeNumber(label('N'), limits) });
    return findProblems({ request, fields: fieldsOf(request), identity: [] }, { n: 'x' }).map(
      formatProblem,
    );
  };

  test.each([
    [{}, 'an integer'],
    [{ min: 1 }, 'an integer of 1 or more'],
    [{ max: 9 }, 'an integer up to 9'],
    [{ min: 1, max: 9 }, 'an integer from 1 to 9'],
  ])('%j is told as "%s"', (limits, text) => {
    expect(expected(limits)).toEqual([`n: must be ${text}, got "x"`]);
  });
});

test('a long or secret value is not repeated in full', () => {
  const request = z.strictObject({
    a: wholeNumber(label('A')),
    b: textField({ ...label('B'), secret: true }),
  });
  const body = { a: 'x'.repeat(500), b: 12345 };
  const lines = findProblems({ request, fields: fieldsOf(request), identity: [] }, body).map(
    formatProblem,
  );
  expect(lines.join('\n').length).toBeLessThan(200);
  expect(lines[1]).toBe('b: must be text, got a hidden value');
});

test.each([
  ['days_reqested', 'days_requested'],
  ['Webhook', 'webhook'],
  ['user-id', 'user_id'],
  ['colour', undefined],
])('the nearest known field to %s is %s', (typed, found) => {
  expect(closestName(typed, ['days_requested', 'webhook', 'user_id', 'user_token'])).toBe(found);
});

test('laying one body over another merges objects, replaces the rest and changes neither', () => {
  const below = { a: { b: 1, c: [1, 2] }, d: 1 };
  const above = { a: { c: [3], e: null }, d: { f: 1 } };
  expect(deepMerge(below, above)).toEqual({ a: { b: 1, c: [3], e: null }, d: { f: 1 } });
  expect(below).toEqual({ a: { b: 1, c: [1, 2] }, d: 1 });
});

test('JSON with a key named __proto__ is refused as any unknown field is', () => {
  const [create] = catalog;
  const body = JSON.parse('{"__proto__": {"user_id": "usr_1"}}') as Record<string, string>;
  const lines = findProblems(create, body).map(formatProblem);
  expect(lines).toContainEqual(expect.stringMatching(/^__proto__: is an unknown field/));
  expect(lines).toContain('user_id: is required, or instead user_token');
});

test('the known fields are listed once, however many unknown ones there are', () => {
  const [create] = catalog;
  const lines = findProblems(create, { city: 1, street: 2, days_reqested: 3 }).map(formatProblem);
  expect(lines.filter((line) => line.includes('known fields'))).toHaveLength(1);
  expect(lines).toContain('days_reqested: is an unknown field; did you mean days_requested?');
});

test('an employment refresh report needs its options', () => {
  const [create] = catalog;
  const linesFor = (options: JsonObject) =>
    findProblems(create, {
      user_id: 'usr_1',
      consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
      days_requested: 365,
      webhook: 'https://example.com/hook',
      base_report: { home_lending_report_options: options },
    }).map(formatProblem);
  expect(linesFor({ reports_requested: ['VOA'] })).toEqual([]);
  expect(linesFor({ reports_requested: ['VOA', 'EMPLOYMENT_REFRESH'] })).toEqual([
    'base_report.home_lending_report_options.employment_refresh_options: is required because reports_requested contains "EMPLOYMENT_REFRESH"',
  ]);
  expect(
    linesFor({
      reports_requested: ['EMPLOYMENT_REFRESH'],
      employment_refresh_options: { days_requested: 60 },
    }),
  ).toEqual([]);
});

test.each([
  ['', '14, 05', 'text without a comma, got "14, 05"'],
  ['blank', ' ', 'text without a comma, got " "'],
])('a %s list in one text is refused', (_what, entry, told) => {
  const request = z.strictObject({ codes: textList(label('Codes')) });
  const contract = { request, fields: fieldsOf(request), identity: [] };
  expect(findProblems(contract, { codes: ['14', '05'] })).toEqual([]);
  expect(findProblems(contract, { codes: ['14', entry] }).map(formatProblem)).toEqual([
    `codes[1]: must be ${told}`,
  ]);
});

test('an operation this version does not have is named', () => {
  expect(findOperation('checkReport', 'create').path).toBe('/cra/check_report/create');
  expect(() => findOperation('checkReport', 'fly')).toThrow(
    /no operation "fly" for the resource "checkReport"/,
  );
});
