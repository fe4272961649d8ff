import type { JsonSchema } from '../oracle';
import { stableId, stableUuid } from '../ids';
import { DAY_MS, isoDate, isoTime } from './dates';
import { wholeNumber } from './random';

/** What a generic answer depends on; the same context gives the same answer. */
export interface GenericContext {
  /** The SDK's types by name. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** Makes different calls differ: the user's id, or the path where there is none. */
  readonly seed: string;
  /** ms since the epoch. */
  readonly now: number;
  /** Values that are settled, by field name: the request's own ones and what is known of the user. */
  readonly known: Readonly<Record<string, unknown>>;
}

/** An answer of the given response type with plausible values for the names of its fields. */
export function genericAnswer(schema: JsonSchema, context: GenericContext): unknown {
  return sample(schema, { ...context, name: '', path: '', visited: [] });
}

interface Position extends GenericContext {
  /** Name of the field. */
  readonly name: string;
  /** Where it stands, to give each field a seed of its own. */
  readonly path: string;
  /** Types this field is inside of: one that contains itself stops there. */
  readonly visited: readonly string[];
}

function sample(schema: JsonSchema, at: Position): unknown {
  if (schema.$ref) {
    const type = schema.$ref.replace('#/definitions/', '');
    return sample(at.definitions[type] ?? {}, { ...at, visited: [...at.visited, type] });
  }
  if (schema.else) return isLeftOut(at, schema.else) ? null : sample(schema.else, at);
  const [option] = schema.anyOf ?? [];
  if (option) return sample(option, at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum.find((value) => value === preferred(at)) ?? schema.enum[0];
  const types = [schema.type].flat();
  if (types.includes('null') && ALWAYS_NULL.test(at.name)) return null;
  switch (types.find((type) => type !== 'null')) {
    case 'object':
      return sampleObject(schema, at);
    case 'array':
      return sampleArray(schema, at);
    case 'boolean':
      return /^(is_(active|verified|normalized|primary)|active|primary|removed|success)$/.test(
        at.name,
      );
    case 'number':
    case 'integer':
      return sampleNumber(at);
    default:
      return sampleText(at);
  }
}

/** Null in every healthy answer. */
const ALWAYS_NULL =
  /^(unofficial_currency_code|error|.*_error|error_.*|display_message|(next_)?cursor|reason|failure_.*|exclusion_code|expired_at|logo|store_number)$/;

/** Empty where nothing is wrong. */
const ALWAYS_EMPTY = /^(causes|errors|warnings|consumer_disputes|health_incidents)$/;

function isLeftOut({ name, definitions, visited }: Position, schema: JsonSchema): boolean {
  const type = schema.$ref?.replace('#/definitions/', '');
  return (
    ALWAYS_NULL.test(name) || (type !== undefined && visited.includes(type) && !!definitions[type])
  );
}

function sampleObject(schema: JsonSchema, at: Position): Record<string, unknown> {
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties ?? {})
    .filter(([name, property]) => required.has(name) || !isRecursive(property, at))
    .filter(([name]) => required.has(name) || !ALWAYS_NULL.test(name))
    .map(([name, property]): [string, unknown] => [
      name,
      sample(property, { ...at, name, path: `${at.path}.${name}` }),
    ]);
  return Object.fromEntries(entries);
}

function sampleArray({ items }: JsonSchema, at: Position): unknown[] {
  const [entry] = [items].flat();
  if (!entry || isRecursive(entry, at) || ALWAYS_EMPTY.test(at.name)) return [];
  // An array of objects or texts is named in the plural, its entries are not.
  return [sample(entry, { ...at, name: at.name.replace(/s$/, ''), path: `${at.path}[0]` })];
}

function isRecursive(schema: JsonSchema, { visited }: Position): boolean {
  const inner = schema.else ?? [schema.items].flat()[0] ?? schema;
  const type = inner.$ref?.replace('#/definitions/', '');
  return type !== undefined && visited.includes(type);
}

/** The value a choice should take where it is among the options. */
const preferred = ({ name, known }: Position): unknown =>
  known[name] ?? (name.includes('country') ? 'US' : name === 'status' ? 'ACTIVE' : undefined);

function sampleNumber({ name, path, seed, now, known }: Position): number {
  const own = known[name];
  if (typeof own === 'number') return own;
  const range = (min: number, max: number) => wholeNumber(`${seed}${path}`, min, max);
  if (name === 'expires_in') return 900;
  if (name === 'exp') return Math.floor(now / 1000) + 900;
  if (/^(iat|created_at)$/.test(name)) return Math.floor(now / 1000);
  if (/probability|ratio|confidence/.test(name)) return range(50, 99) / 100;
  if (/lat$/.test(name)) return 37.7749;
  if (/lon$/.test(name)) return -122.4194;
  if (
    /amount|balance|income|total|value|price|cost|limit|payment/.test(name) &&
    !/count/.test(name)
  )
    return range(10_000, 900_000) / 100;
  if (/score/.test(name)) return range(40, 95);
  if (/days/.test(name)) return range(90, 365);
  return range(1, 12);
}

/** By the first pattern that fits the field's path, such as `.report.items.accounts.name`. */
const TEXTS: readonly [RegExp, (at: Position) => string][] = [
  [/\.request_id$/, ({ seed, path }) => stableId(seed + path, 15)],
  [/_token$/, token],
  [/\.user_id$/, ({ seed, path }) => `usr_${stableId(seed + path, 14)}`],
  [/(report|subscription|insights|stream|source|simulation|session)_id$/, uuid],
  [/\.institution_ids?$/, () => 'ins_109508'],
  [/_id$|\.id$/, ({ seed, path }) => stableId(seed + path, 37)],
  [/institution_name$/, () => 'First Platypus Bank'],
  [/\.date_(generated|last_updated|retrieved)$|(_at|time|timestamp|expiration)$/, dateTime],
  [/[._](date|dob)$|\.date_|\.(start|end)$|birth$/, date],
  [/currency(_code)?$/, () => 'USD'],
  [/mask$|last_?4$/, ({ seed, path }) => String(wholeNumber(seed + path, 1000, 9999))],
  [/email(s\.data|_address)?$/, () => 'applicant@example.com'],
  [/phone_number(s\.data)?$|phone$/, () => '+14155550123'],
  [/webhook$/, () => 'https://example.com/plaid/webhook'],
  [/(url|uri)$/, () => 'https://example.com/'],
  [/country(_code)?$/, () => 'US'],
  [/\.(state|region)$/, () => 'CA'],
  [/city$/, () => 'San Matias'],
  [/street\w*$|address$/, () => '2493 Leisure Lane'],
  [/postal_code$|zip$/, () => '93405'],
  [/accounts\.official_name$/, () => 'First Platypus Bank Everyday Checking'],
  [/accounts\.name$/, () => 'Everyday Checking'],
  [/(employer|provider|merchant|counterparty)\w*(\.name|_name)$/, () => 'Meridian Health Systems'],
  [/transactions\.name$|description$/, () => 'MERIDIAN HEALTH SYSTEMS PAYROLL DIRECT DEP PPD'],
  [/category\.primary$/, () => 'INCOME'],
  [/category\.(detailed|secondary)$/, () => 'INCOME_WAGES'],
  [/check_number$/, ({ seed, path }) => String(wholeNumber(seed + path, 1000, 1999))],
  [/(given|first)_name$/, ({ known }) => String(known.given_name ?? 'Amara')],
  [/(family|last)_name$/, ({ known }) => String(known.family_name ?? 'Okafor')],
  [
    /names?$|owner$/,
    ({ known }) => `${known.given_name ?? 'Amara'} ${known.family_name ?? 'Okafor'}`,
  ],
  [/amount|balance/, ({ seed, path }) => (wholeNumber(seed + path, 1000, 90000) / 100).toFixed(2)],
  [/status$/, () => 'ACTIVE'],
  [/version$/, () => '1.0'],
  [/reason_codes?(_\d)?$/, () => 'PCS0221'],
  [/\.variant$/, () => 'LS1'],
  [/confidence_level$/, () => 'VERY_HIGH'],
  [/accounts\.type$/, () => 'depository'],
  [/accounts\.subtype$/, () => 'checking'],
  [/accounts\.class_type$/, () => 'personal'],
  [/transactions\.category$/, () => 'Payroll'],
  [/results\.product$/, () => 'cra_base_report'],
  [/routing_numbers?$/, () => '011000015'],
  [/dtc_numbers?$/, () => '0221'],
  [/primary_color$/, () => '#1f1f1f'],
  [/(change|created|settled|_as_of)$/, dateTime],
  [/id_numbers\.value$/, () => '1234'],
  [/\.ticker_symbol$/, () => 'VTI'],
  [/\.isin$/, () => 'US9229087690'],
  [/\.cusip$/, () => '922908769'],
  [/securities\.type$/, () => 'etf'],
  [/\.(aud|iss)$/, () => 'https://sandbox.plaid.com'],
  [/\.sub$/, ({ seed, path }) => stableId(seed + path, 24)],
  [/scopes?$/, () => 'cra:read'],
  [/language$/, () => 'en'],
  [/token_type$/, () => 'Bearer'],
];

function sampleText(at: Position): string {
  const own = at.known[at.name];
  if (typeof own === 'string') return own;
  const path = at.path.replace(/\[0\]/g, '');
  const rule = TEXTS.find(([pattern]) => pattern.test(path));
  return rule ? rule[1](at) : at.name.replace(/_/g, ' ');
}

function token({ name, seed, path }: Position): string {
  return `${name.replace(/_token$/, '').replace(/_/g, '-')}-sandbox-${stableUuid(seed + path)}`;
}

function uuid({ seed, path }: Position): string {
  return stableUuid(seed + path);
}

/** Ends and expirations lie ahead, everything else a little back. */
function dateTime({ name, now }: Position): string {
  return isoTime(/expir/.test(name) ? now + DAY_MS / 6 : now - DAY_MS);
}

function date({ name, now }: Position): string {
  if (/birth/.test(name)) return '1988-07-22';
  if (/start|oldest|original/.test(name)) return isoDate(now - 365 * DAY_MS);
  if (/next|due|expir/.test(name)) return isoDate(now + 14 * DAY_MS);
  return isoDate(now - DAY_MS);
}
