import type { ErrorObject } from 'ajv';

/** What Plaid finds wrong with a request body: the code and message of its INVALID_REQUEST error. */
export interface Violation {
  readonly code: 'UNKNOWN_FIELDS' | 'MISSING_FIELDS' | 'INVALID_FIELD';
  readonly message: string;
}

export const missingFields = (fields: readonly string[]): Violation => ({
  code: 'MISSING_FIELDS',
  message: `the following required fields are missing: ${fields.join(', ')}`,
});

export const unknownFields = (fields: readonly string[]): Violation => ({
  code: 'UNKNOWN_FIELDS',
  message: `the following fields are not recognized by this endpoint: ${fields.join(', ')}`,
});

export const invalidField = (field: string, rule: string): Violation => ({
  code: 'INVALID_FIELD',
  message: `${field} ${rule}`,
});

/**
 * Reads ajv's errors as Plaid would report them: unknown fields first, then missing ones, each
 * naming all fields; then the first invalid field. Null when there is nothing to report.
 */
export function toViolation(errors: readonly ErrorObject[]): Violation | null {
  // The errors of a union's branches say nothing by themselves: only the union's own error counts.
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf').map((e) => e.instancePath);
  const plain = errors.filter(
    ({ keyword, instancePath }) =>
      keyword !== 'if' &&
      (keyword === 'anyOf' || !unions.some((union) => isWithin(instancePath, union))),
  );
  const unknown = plain
    .filter(({ keyword }) => keyword === 'additionalProperties')
    .map((error) => fieldName(error.instancePath, String(error.params.additionalProperty)));
  if (unknown.length > 0) return unknownFields(unknown);
  const missing = plain
    .filter(({ keyword }) => keyword === 'required')
    .map((error) => fieldName(error.instancePath, String(error.params.missingProperty)));
  if (missing.length > 0) return missingFields(missing);
  const [first] = plain;
  return first ? invalidField(fieldName(first.instancePath) || 'body', rule(first)) : null;
}

const isWithin = (path: string, parent: string) => path === parent || path.startsWith(`${parent}/`);

/** A JSON pointer as Plaid writes fields: `/a/0/b` is `a[0].b`. */
function fieldName(pointer: string, property?: string): string {
  const steps = pointer.split('/').slice(1);
  if (property !== undefined) steps.push(property);
  return steps.reduce((name, step) => {
    const text = step.replace(/~1/g, '/').replace(/~0/g, '~');
    if (/^\d+$/.test(text)) return `${name}[${text}]`;
    return name ? `${name}.${text}` : text;
  }, '');
}

function rule({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `must be ${typeName(params.type)}`;
    case 'enum':
      return `must be one of: ${(params.allowedValues as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `must be one of: ${String(params.allowedValue)}`;
    case 'format':
      return `must be a valid ${FORMATS[String(params.format)] ?? String(params.format)}`;
    case 'pattern':
      return 'must be properly formatted';
    case 'maxLength':
      return `must be at most ${params.limit} characters`;
    case 'minItems':
      return 'must be a non-empty array';
    case 'maxItems':
      return `must have at most ${params.limit} entries`;
    case 'minLength':
      return 'must be a properly formatted, non-empty string';
    case 'maximum':
      return `must be at most ${params.limit}`;
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'anyOf':
      return 'does not match any of the allowed forms';
    default:
      return message ?? 'is invalid';
  }
}

const FORMATS: Record<string, string> = { url: 'URL', 'past-date': 'date in the past' };

const ARTICLES: Record<string, string> = {
  array: 'an array',
  integer: 'an integer',
  object: 'an object',
};

function typeName(type: unknown): string {
  const [name] = [type].flat().filter((option) => option !== 'null');
  return ARTICLES[String(name)] ?? `a ${String(name)}`;
}
