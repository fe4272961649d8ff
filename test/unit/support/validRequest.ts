import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../../../nodes/PlaidCheck/catalog/endpoint';
import type { Content, Field } from '../../../nodes/PlaidCheck/fields/model';
import { withRules } from './withRules';

/**
 * Texts as people type them: not blank, without spaces around them, which the node drops, and not starting with "=", which
 * makes an expression in n8n.
 */
const text = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .map((one) => one.trim())
  .filter((one) => one !== '' && !one.startsWith('=') && !isLeftByExpression(one));

/** Text that the node takes for what is left of an expression that gave nothing. */
const isLeftByExpression = (one: string) => /\{\{|\[object |^([a-z]+[_:/#-])+$|^null$/i.test(one);

const code = text.filter((one) => !one.includes(','));

const path = fc.stringMatching(/^[a-z0-9/_-]{0,12}$/);

/**
 * Random requests that an endpoint accepts and that its form can express: any choice of optional
 * fields, one way to name the user, and null only where a drop-down offers it.
 */
export function validRequest(endpoint: Endpoint): fc.Arbitrary<JsonObject> {
  const { fields, identity, path: at } = endpoint;
  const others = fields.filter(({ name }) => !identity.includes(name));
  const user =
    identity.length === 0
      ? fc.constant({})
      : fc.tuple(fc.constantFrom(...identity), text).map(([name, id]) => ({ [name]: id }));
  return fc
    .tuple(user, objectOf(others))
    .map(([named, rest]) => withRules(at, { ...named, ...rest }));
}

function objectOf(fields: readonly Field[]): fc.Arbitrary<JsonObject> {
  const values = Object.fromEntries(fields.map((field) => [field.name, valueOfField(field)]));
  const requiredKeys = fields.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(values, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
}

/** A group without any field is refused where the request would then be about other data. */
const valueOfField = ({ content, label }: Field) =>
  content.kind === 'group' && label.neverBlank
    ? objectOf(content.members).filter((group) => Object.keys(group).length > 0)
    : valueOf(content);

function valueOf(content: Content): fc.Arbitrary<JsonValue> {
  switch (content.kind) {
    case 'text':
      return text
        .map((one) => one.slice(0, content.max).trim())
        .filter((one) => !isLeftByExpression(one));
    case 'digits':
      return fc.stringMatching(new RegExp(`^[0-9]{${content.length}}$`));
    case 'id':
      return code;
    case 'idList':
      return fc.array(code, { minLength: 1, maxLength: 5 });
    case 'decimal':
      return fc
        .integer({ min: (content.min ?? -1e6) * 100, max: (content.max ?? 1e6) * 100 })
        .map((hundredths) => hundredths / 100);
    case 'dateTime':
      return fc
        .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString());
    case 'url':
      // At an address where nobody is (RFC 2606), as what gets the request may call it.
      return fc
        .tuple(fc.domain(), fc.webPath(), path)
        .map(([domain, first, rest]) => `https://${domain}.example${first}/${rest}`);
    case 'date':
      return fc
        .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    case 'wholeNumber':
      return fc.integer({ min: content.min, max: content.max });
    case 'toggle':
      return fc.boolean();
    case 'json':
      // Without numbers: what is inside has no type by which a text could be told to be one.
      return fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.oneof(text, fc.boolean()), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'choice':
      return fc.constantFrom(...content.choices.map(({ value }) => value));
    case 'choices':
      return fc.subarray(
        content.choices.flatMap(({ value }) => (value === null ? [] : [value])),
        { minLength: 1 },
      );
    case 'textList':
      return fc.array(code, { minLength: 1, maxLength: content.max ?? 5 });
    case 'group':
      return objectOf(content.members);
    case 'groupList':
      return fc.array(objectOf(content.members), { minLength: 1, maxLength: 3 });
  }
}
