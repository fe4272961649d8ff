import { z } from 'zod/v4';

import { ID_NUMBERS } from '../support/samples/withFormats';
import { idNumber } from '../../nodes/PlaidCheck/catalog/shared/idNumber';
import { group, groupList, textField, textList } from '../../nodes/PlaidCheck/fields/builders';
import { formatProblem } from '../../nodes/PlaidCheck/fields/check';
import { formatRule, pattern, withFormat } from '../../nodes/PlaidCheck/fields/formats';

const label = { name: 'Name', description: 'A field' };
const five = () => pattern('five digits', /^\d{5}$/, 5);

const rule = formatRule(
  z.strictObject({
    plain: textField(label).optional(),
    code: withFormat(textField(label), five()).nullish(),
    hidden: withFormat(textField({ ...label, secret: true }), five()).optional(),
    codes: withFormat(textList(label), five()).optional(),
    one: group(label, { code: withFormat(textField(label), five()).optional() }).nullish(),
    many: groupList(label, {
      code: withFormat(textField(label), five()),
      kind: textField(label).optional(),
    }).optional(),
    either: withFormat(textField(label), (text, { plain }) =>
      text === plain ? { expected: 'another text than plain' } : undefined,
    ).optional(),
  }),
);
const lines = (body: Parameters<typeof rule>[0]) => rule(body).map(formatProblem);

const ZEROS =
  'this looks like a number that lost its leading zeros, so send it as text such as "00123"';

test('a field is looked at wherever it stands', () => {
  expect(
    lines({
      plain: 'x',
      code: 'a',
      codes: ['12345', 'b'],
      one: { code: 'c' },
      many: [{ code: '12345' }, { code: 'd' }],
    }),
  ).toEqual([
    'code: must be five digits, got "a"',
    'codes[1]: must be five digits, got "b"',
    'one.code: must be five digits, got "c"',
    'many[1].code: must be five digits, got "d"',
  ]);
});

test('what the schema reports is left to it', () => {
  const wrong = [null, '', '  ', true, ['x'], { a: 1 }];
  for (const value of wrong) {
    expect([value, lines({ code: value, one: value, many: value, codes: [value] })]).toEqual([
      value,
      [],
    ]);
  }
  expect(lines({})).toEqual([]);
});

test('a number of too few digits lost its zeros; another number is the schema’s to report', () => {
  expect(lines({ code: '123' })).toEqual([`code: must be five digits, got "123"; ${ZEROS}`]);
  expect(lines({ code: 123 })).toEqual([`code: ${ZEROS}`]);
  expect(lines({ code: 1234567 })).toEqual([]);
  expect(lines({ code: '12a' })).toEqual(['code: must be five digits, got "12a"']);
});

test('a secret is not shown', () => {
  expect(lines({ hidden: '987' })).toEqual([
    `hidden: must be five digits, got a hidden value; ${ZEROS}`,
  ]);
});

test('a format may depend on the fields beside it', () => {
  expect(lines({ plain: 'x', either: 'y' })).toEqual([]);
  expect(lines({ plain: 'x', either: 'x' })).toEqual([
    'either: must be another text than plain, got "x"',
  ]);
});

describe('ID numbers', () => {
  const numberRule = formatRule(z.strictObject({ id_number: idNumber }));
  const problems = (type: string, value: string) =>
    numberRule({ id_number: { type, value } }).map(({ text }) => text);

  test.each(Object.entries(ID_NUMBERS))(
    '%s takes %s, and nothing with formatting',
    (type, value) => {
      expect(problems(type, value)).toEqual([]);
      expect(problems(type, `${value.slice(0, 3)}-${value.slice(3)}`)).toHaveLength(1);
      expect(problems(type, `${value.slice(0, 3)} ${value.slice(3)}`)).toHaveLength(1);
    },
  );

  test('an example of a number with zeros has as many digits as are due', () => {
    expect(problems('eg_national_id', '123')[0]).toContain('such as "00123456789012"');
    expect(problems('us_ssn_last_4', '12')[0]).toContain('such as "0012"');
  });

  test('a type that is new to the node is held to what Plaid says of all', () => {
    expect(problems('fi_hetu', '131052308T')).toEqual([]);
    expect(problems('fi_hetu', '131052-308T')).toHaveLength(1);
  });
});
