import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Content, Field } from '../../../nodes/PlaidCheck/fields/model';

/** One way to make a valid request invalid. */
export interface Damage {
  /** What was done, for the message of a failing run */
  what: string;
  /** The path the error must name, as people write it */
  path: string;
  /** Makes the damaged request: of the many damages to one, a test takes one. */
  body: () => JsonObject;
}

/** Every single damage that can be done to a request, at any depth; each leaves the rest as it was. */
export function damagesOf(fields: readonly Field[], body: JsonObject, at = ''): Damage[] {
  const own = fields.flatMap((field) => {
    const path = at ? `${at}.${field.name}` : field.name;
    const value = body[field.name];
    if (value === undefined) return [];
    return [
      ...(field.required
        ? [{ what: 'field removed', path, body: () => without(body, field.name) }]
        : []),
      ...wrongValues(field).map(([what, wrong]) => ({
        what,
        path,
        body: () => ({ ...body, [field.name]: wrong }),
      })),
      ...inside(field.content, value, path).map((damage) => ({
        ...damage,
        body: () => ({ ...body, [field.name]: damage.value() }),
      })),
    ];
  });
  const unknown = 'no_such_field';
  return [
    ...own,
    {
      what: 'unknown field',
      path: at ? `${at}.${unknown}` : unknown,
      body: () => ({ ...body, [unknown]: 1 }),
    },
  ];
}

type Inside = Omit<Damage, 'body'> & { value: () => JsonValue };

/** Damage within a group or the entries of a list. */
function inside(content: Content, value: JsonValue, path: string): Inside[] {
  if (content.kind === 'group' && isObject(value)) {
    return damagesOf(content.members, value, path).map(({ body, ...damage }) => ({
      ...damage,
      value: body,
    }));
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry, index) => {
    const put = (other: JsonValue) => value.map((one, place) => (place === index ? other : one));
    const entryPath = `${path}[${index}]`;
    if (content.kind === 'groupList' && isObject(entry)) {
      return damagesOf(content.members, entry, entryPath).map(({ body, ...damage }) => ({
        ...damage,
        value: () => put(body()),
      }));
    }
    if (content.kind === 'choices') {
      return [
        { what: 'unknown value in list', path: entryPath, value: () => put('NO_SUCH_VALUE') },
      ];
    }
    return content.kind === 'textList' || content.kind === 'idList'
      ? [{ what: 'number in list of texts', path: entryPath, value: () => put(7) }]
      : [];
  });
}

function wrongValues(field: Field): Array<[what: string, value: JsonValue]> {
  const mayBeEmpty = field.label.emptyMeans !== undefined;
  return valuesOf(field).filter(([what]) => !(mayBeEmpty && what === 'empty list'));
}

function valuesOf({ content, nullable }: Field): Array<[what: string, value: JsonValue]> {
  const always: Array<[string, JsonValue]> = nullable ? [] : [['null', null]];
  switch (content.kind) {
    case 'text':
      return [
        ...always,
        ...wrongTexts,
        ...(content.max === undefined
          ? []
          : [['too long a text', 'a'.repeat(content.max + 1)] as [string, JsonValue]]),
      ];
    case 'id':
      return [...always, ...wrongTexts];
    case 'digits':
      return [
        ...always,
        ...wrongTexts,
        ['a digit too many', '1'.repeat(content.length + 1)],
        ['a digit too few', '1'.repeat(content.length - 1)],
        ['letters for digits', 'a'.repeat(content.length)],
      ];
    case 'dateTime':
      return [
        ...always,
        ['no such day', '2023-02-29T00:00:00Z'],
        ['day alone', '2023-02-28'],
        ['no time zone', '2023-02-28T00:00:00.5'],
      ];
    case 'decimal':
      return [
        ...always,
        ['words for number', 'abc'],
        ['empty text for number', ''],
        ['currency sign', '$1200'],
        ['thousands separator', '1,200.50'],
        ['boolean for number', true],
        ...beyondLimits(content),
      ];
    case 'url':
      return [
        ...always,
        ['http URL', 'http://example.com/hook'],
        ['no URL', 'example'],
        ['one slash', 'https:/x'],
      ];
    case 'date':
      return [
        ...always,
        ['no such day', '2023-02-29'],
        ['American date', '02/28/2023'],
        ['time', '2023-02-28T00:00:00Z'],
      ];
    case 'wholeNumber':
      return [
        ...always,
        ['words for number', 'abc'],
        ['empty text for number', ''],
        ['number with unit', '30 days'],
        ['fraction', 1.5],
        ['boolean for number', true],
        ...beyondLimits(content),
      ];
    case 'json':
      return [
        ...always,
        ['text that is no JSON', '{'],
        ['list for object', []],
        ['number for object', 1],
      ];
    case 'toggle':
      return [...always, ['text for boolean', 'true'], ['number for boolean', 1]];
    case 'choice':
      return [
        ...always,
        ['unknown value', 'NO_SUCH_VALUE'],
        ['the text "null"', 'null'],
        ['number for choice', 3],
      ];
    case 'choices':
      return [...always, ['empty list', []], ['text for list', 'a']];
    case 'idList':
      return [...always, ['empty list', []], ['text for list', 'a']];
    case 'textList':
      return [
        ...always,
        ['empty list', []],
        ['text for list', 'a'],
        ...(content.max === undefined
          ? []
          : [
              ['too long a list', Array.from({ length: content.max + 1 }, () => 'a')] as [
                string,
                JsonValue,
              ],
            ]),
      ];
    case 'group':
      return [...always, ['text for group', 'a'], ['list for group', []]];
    case 'groupList':
      return [...always, ['empty list', []], ['object for list', {}]];
  }
}

const wrongTexts: Array<[what: string, value: JsonValue]> = [
  ['number for text', 5],
  ['empty text', ''],
  ['blank text', '  '],
  ['list for text', ['a']],
];

function beyondLimits({ min, max }: { min?: number; max?: number }) {
  const damages: Array<[what: string, value: JsonValue]> = [];
  if (max !== undefined) damages.push(['above the limit', max + 1]);
  if (min !== undefined) damages.push(['below the limit', min - 1]);
  return damages;
}

const without = (body: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
