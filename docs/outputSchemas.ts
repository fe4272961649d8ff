import { operations, summariesOf, type Operation } from '../nodes/PlaidCheck/catalog/operations';
import { combinedFacts } from '../nodes/PlaidCheck/facts/combined';
import type { FactType } from '../nodes/PlaidCheck/facts/read';
import type { Fact } from '../nodes/PlaidCheck/facts/summary';
import { TRIGGER_VERSIONS } from '../nodes/PlaidCheck/trigger/properties';
import { loadOracle, type JsonSchema, type Oracle } from '../sandbox/oracle';
import { formsOf, isNullable, isObjectType, propertiesOf, responseOf } from './responseTypes';

/** The version of Plaid Check, as n8n looks for its schemas. */
const VERSION = 'v1.0.0';

/**
 * What each operation outputs unless told otherwise, as JSON Schemas by their file below `__schema__/`: n8n shows their
 * fields to the next node before this one has run. Of a type, n8n shows the first; it reads no unions.
 */
export async function outputSchemas(): Promise<Map<string, JsonSchema>> {
  const oracle = await loadOracle();
  const schemas = operations.map(
    (operation) =>
      [
        `${VERSION}/${operation.resource}/${operation.operation}.json`,
        objectOf(propertiesOfOutput(operation, oracle)),
      ] as const,
  );
  // The trigger has neither resource nor operation.
  const ofTrigger = TRIGGER_VERSIONS.map(
    (version) => [`v${version}.0.0.json`, objectOf(TRIGGER)] as const,
  );
  return new Map([...schemas, ...ofTrigger]);
}

type Properties = Record<string, JsonSchema>;

const objectOf = (properties: Properties): JsonSchema => ({ type: 'object', properties });

const text: JsonSchema = { type: ['string', 'null'] };

const TRIGGER: Properties = {
  event_key: { type: 'string' },
  delivery_key: { type: 'string' },
  content_key: { type: 'string' },
  webhook_type: { type: 'string' },
  webhook_code: { type: 'string' },
  user_id: { type: 'string' },
  client_user_id: { type: 'string' },
  report_id: { type: 'string' },
  client_report_id: { type: 'string' },
  item_id: { type: 'string' },
  account_id: { type: 'string' },
  link_session_id: { type: 'string' },
  environment: { type: 'string' },
  received_at: { type: 'string' },
  body: { type: 'object' },
};

function propertiesOfOutput(operation: Operation, oracle: Oracle): Properties {
  const { summary, parts, isCustom, fields, pdf } = operation;
  if (summary) return ofFacts(summary);
  if (parts) {
    const facts = ofFacts(combinedFacts(summariesOf(parts)));
    return { complete: { type: 'boolean' }, ...facts, errors: { type: 'array' } };
  }
  const user: Properties = fields.some(({ name }) => name === 'user_id') ? { user_id: text } : {};
  if (pdf !== undefined) return { ...PDF, ...user };
  if (isCustom) return { request_id: text };
  const answer = previewOf(responseOf(oracle, operation.path), oracle, []);
  return { ...user, ...answer.properties };
}

const PDF: Properties = {
  request_id: text,
  file_name: { type: 'string' },
  file_size: { type: 'integer' },
};

const ofFacts = (facts: readonly Fact[]): Properties =>
  Object.fromEntries(facts.map(({ name, type, columns }) => [name, ofValue(type, columns)]));

/** A fact or a column. */
function ofValue(type: FactType, columns: Fact['columns'] = {}): JsonSchema {
  switch (type) {
    case 'text':
      return text;
    case 'number':
    case 'boolean':
      return { type: [type, 'null'] };
    case 'texts':
      return { type: 'array', items: { type: 'string' } };
    case 'attributes':
      return { type: 'object' };
    case 'table': {
      const cells = Object.entries(columns).map(([name, cell]) => [name, ofValue(cell)]);
      return { type: 'array', items: objectOf(Object.fromEntries(cells)) };
    }
  }
}

/** A schema of the SDK with every form of a union in one, and without references. */
function previewOf(given: JsonSchema, oracle: Oracle, above: readonly JsonSchema[]): JsonSchema {
  const forms = formsOf(given, oracle);
  const types = [...new Set(forms.flatMap(typesOf))].filter((one) => one !== 'null');
  // Null last, as n8n shows the first. What the SDK types as anything has no type.
  const type = types.length > 0 && isNullable(given, oracle) ? [...types, 'null'] : types;
  const shown: JsonSchema = type.length === 0 ? {} : { type: type.length === 1 ? type[0] : type };
  if (forms.some((form) => above.includes(form))) return shown;
  const inner = [...above, ...forms];
  const properties = [...propertiesOf(given, oracle)].map(
    ([name, property]) => [name, previewOf(property, oracle, inner)] as const,
  );
  if (properties.length > 0) shown.properties = Object.fromEntries(properties);
  const entries = forms.flatMap(({ items }) => items ?? []);
  if (entries.length > 0) shown.items = previewOf({ anyOf: entries }, oracle, inner);
  return shown;
}

/** The types of one form; a list of values has those of its values. */
function typesOf(form: JsonSchema): string[] {
  if (form.type !== undefined) return [form.type].flat();
  if (isObjectType(form) || form.properties) return ['object'];
  const values = form.enum ?? (form.const === undefined ? [] : [form.const]);
  return values.map((value) => (value === null ? 'null' : typeof value));
}
