import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';
import type { Field } from './model';

/** Replaces a secret value. */
export const MASK = '********';

/**
 * Masks what must not be displayed: the values of secret fields, such as SSNs and tokens; in fields that are not
 * declared (of a request to Other Plaid Endpoint or Extra Body Fields) those whose name says so; and texts that look like a secret.
 */
export function maskSecrets(fields: readonly Field[], body: JsonObject): JsonObject {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = byName.get(name);
      return field
        ? [name, maskDeclared(field, value)]
        : [maskText(name), maskUndeclared(name, value)];
    }),
  );
}

function maskDeclared({ label, content }: Field, value: JsonValue): JsonValue {
  if (value === null) return value;
  if (label.secret) return MASK;
  if (content.kind === 'group' || content.kind === 'groupList') {
    return mapEntries(value, (entry) => maskEntry(content.members, entry));
  }
  return mapEntries(value, (entry) =>
    typeof entry === 'object' ? maskUndeclared('', entry) : maskText(entry),
  );
}

const maskEntry = (members: readonly Field[], entry: JsonValue) =>
  isObject(entry) ? maskSecrets(members, entry) : maskUndeclared('', entry);

const mapEntries = (value: JsonValue, map: (entry: JsonValue) => JsonValue): JsonValue =>
  Array.isArray(value) ? value.map(map) : map(value);

function maskUndeclared(name: string, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => maskUndeclared(name, entry));
  if (isObject(value)) {
    const isSecret = isSecretName(name);
    const members = Object.entries(value).map(([member, entry]) => {
      // Such as id_numbers, whose members are called value and type.
      const inherits = isSecret && member !== 'type' && !isSecretName(member);
      const owner = inherits ? name : member === 'value' ? (labelIn(value) ?? member) : member;
      return [maskText(member), maskUndeclared(owner, entry)];
    });
    return Object.fromEntries(members) as JsonObject;
  }
  if (value === null || typeof value === 'boolean') return value;
  // Such as "bearer" as the type of a token.
  const isKind = /_?type$/i.test(name) && /^(?:[a-z_ ]{1,20}|urn:[\w:.-]+)$/i.test(String(value));
  const isSecret = (isSecretName(name) && !isKind) || name === 'account';
  return isSecret || (isOpaque(value) && !/id$/i.test(name))
    ? MASK
    : maskNumbers(maskText(value), name);
}

const maskNumbers = (value: JsonValue, name: string): JsonValue =>
  typeof value === 'string' && !/id$/i.test(name) ? value.replace(NUMBERS, MASK) : value;

/** What a pair of name and value is about, such as {"name": "ssn", "value": "…"}; undefined for anything else. */
const labelIn = ({ name, key, field, type }: JsonObject): string | undefined =>
  [name, key, field, type].find((one): one is string => typeof one === 'string');

/** Whether a value is nothing but the number of an account, a bank or a person, or a key, as far as it shows. */
function isOpaque(value: string | number): boolean {
  if (typeof value === 'string') return /^(\d{8,19}|[\da-f]{24}|[\da-f]{30})$/i.test(value.trim());
  return /^\d{9,19}$/.test(String(value)) && !isTimestamp(value);
}

/** Seconds or ms since the epoch, of this decade or its neighbors. */
const isTimestamp = (value: number) => /^1[5-9]\d{8}(\d{3})?$/.test(String(value));

const SECRET_WORDS =
  /secret|token|passw|passphrase|passcode|pwd|^pass$|otp$|bearer|api_?key|private_?key|access_?key|_key$|^key$|authorization|credential|cookie|signature|ssn|itin|social_?security|tax_?(id|payer)|^tin$|^ein$|id_?numbers?$|national_?id|passport|licen[cs]e|^social$|^acct|account_?(no|num)|^accounts?_?numbers?$|routing|sort_?code|iban|bban|bic$|swift|card_?(no|num)|^pan$|^cvv?c?2?$|^pin$/;

/** Whether a field's name says that its value is secret, in snake_case, camelCase or with hyphens. */
function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[\s.-]+/g, '_');
  return SECRET_WORDS.test(words.toLowerCase());
}

/** Texts that are secret wherever they stand. */
const SECRET_SHAPES = [
  // Tokens of Plaid, such as access-sandbox-7c69d345-fda5-42fc-9e6b-a1b8e0f0e9c8
  /\b[a-z]+(?:-[a-z]+)*-(?:sandbox|development|production)-[\w-]{8,}/gi,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  // In the query of an address
  /(?<=[?&][\w-]*(?:token|secret|key|password|code)=)[^&#\s]+/gi,
  // JSON Web Tokens
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  // Social Security numbers
  /\b\d{3}-\d{2}-\d{4}\b/g,
  // IBANs
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
  // Card numbers in groups of four
  /\b(?:\d{4}[ -]){3}\d{1,7}\b/g,
];

/** Numbers of accounts, banks and persons within a text of a field that is not declared. */
const NUMBERS = /(?<!\+)\b(?:\d{9,17}|\d{3}[ -]\d{2}[ -]\d{4})\b/g;

/** Masks the secrets within a text. */
const maskText = (value: JsonValue): JsonValue =>
  typeof value === 'string'
    ? SECRET_SHAPES.reduce((text, shape) => text.replace(shape, MASK), value)
    : value;
