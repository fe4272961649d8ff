import { version } from 'plaid/package.json';

import { PUBLIC_FACTS, withPublicFacts } from '../../../sandbox/oracle/notFromSdk';
import { DIFFERENCES, type Difference } from '../support/differences';
import type { Flat } from '../support/schemaDifferences';
import { ERROR_CODES, ERROR_TYPES, WEBHOOK_CODES } from './errorCodes';
import { NODE, type NodeApi } from './node';
import { isPlaidCheck, isPlaidCheckWebhook } from './plaidCheck';
import { installedSdk, requestFields, type Sdk } from './sdk';

/** How much of one kind of thing that is public of Plaid Check the node has. */
export interface Coverage {
  readonly what: string;
  /** Where the public side comes from; a list that is kept by hand says so. */
  readonly sources: readonly string[];
  readonly total: number;
  /** What the node takes without naming it: inside an object that is filled in as JSON, or in a field that takes any text. */
  readonly unnamed: readonly string[];
  /** What the node leaves out for a reason; the reasons stand in `differences.ts`. */
  readonly leftOut: readonly string[];
  readonly missing: readonly string[];
}

/** Counts what the SDK and Plaid's pages say of Plaid Check against the node. */
export async function coverage(node: NodeApi = NODE): Promise<readonly Coverage[]> {
  const sdk = await installedSdk();
  const requests = requestsOf(sdk);
  return [
    count('paths', API_SOURCES, [...requests.keys()], (path) => node.requests.has(path)),
    ofRequests(requests, node),
    count('webhook events', API_SOURCES, eventsOf(sdk), (event) => node.events.has(event)),
    count('error codes', codeSources(), codesOf(requests), (error_code) =>
      node.hasNextStep({ error_type: null, error_code }),
    ),
    count('error types', [BY_HAND], ERROR_TYPES, (error_type) =>
      node.hasNextStep({ error_type, error_code: 'A_CODE_THAT_IS_NOT_KNOWN' }),
    ),
  ];
}

const SDK = `Plaid's SDK ${version}`;

const BY_HAND = "a list kept by hand from Plaid's pages (test/conformance/api/errorCodes.ts)";

/** What is public beyond the SDK is written down apart from the node, but by the same people. */
const API_SOURCES = [
  SDK,
  "a list kept by hand of what Plaid's pages say beyond it (sandbox/oracle/notFromSdk)",
];

const codeSources = () => [
  SDK,
  BY_HAND,
  ...new Set([...ERROR_CODES, ...WEBHOOK_CODES].map(({ source }) => source)),
];

function count(
  what: string,
  sources: readonly string[],
  all: readonly string[],
  isCovered: (one: string) => boolean,
): Coverage {
  const names = [...new Set(all)];
  return {
    what,
    sources,
    total: names.length,
    unnamed: [],
    leftOut: [],
    missing: names.filter((one) => !isCovered(one)),
  };
}

/** Of the newer API, "any other product" stands beside the SDK's three; it is a form, no field. */
const WITH_OTHER_PRODUCTS = '/cra/report/get';

/** The fields of every request, by path. */
function requestsOf({ schemas }: Sdk): ReadonlyMap<string, Flat> {
  const all = withPublicFacts(schemas);
  return new Map(
    Object.keys(all.endpoints)
      .filter(isPlaidCheck)
      .sort()
      .map((path) => {
        const fields = requestFields(path === WITH_OTHER_PRODUCTS ? schemas : all, path);
        if (fields instanceof Error) throw new Error(`${path}: ${fields.message}`);
        return [path, fields];
      }),
  );
}

const NOTHING: Flat = new Map();

function ofRequests(requests: ReadonlyMap<string, Flat>, node: NodeApi): Coverage {
  const parts = [...requests].flatMap(([path, theirs]) => {
    const ours = node.requests.get(path) ?? NOTHING;
    const leftOut = leftOutOf(path);
    return [...theirs].flatMap(([field, { values }]) =>
      [
        // The root is the request itself, and an entry of a list comes with the list.
        ...(field && !field.endsWith('[]')
          ? [{ line: field, isCovered: takes(ours, field), isNamed: ours.has(field) }]
          : []),
        ...values.map((value) => ({
          line: lineOf(field, value),
          isCovered: takesValue(ours, field, value),
          isNamed: ours.get(field)?.values.includes(value) ?? false,
        })),
      ].map(({ line, isCovered, isNamed }) => ({
        name: `${path} ${line}`,
        isCovered,
        isUnnamed: isCovered && !isNamed,
        isLeftOut: leftOut(line),
      })),
    );
  });
  const lacking = parts.filter(({ isCovered }) => !isCovered);
  return {
    what: 'request fields and values',
    sources: API_SOURCES,
    total: parts.length,
    unnamed: parts.filter(({ isUnnamed }) => isUnnamed).map(({ name }) => name),
    leftOut: lacking.filter(({ isLeftOut }) => isLeftOut).map(({ name }) => name),
    missing: lacking.filter(({ isLeftOut }) => !isLeftOut).map(({ name }) => name),
  };
}

/** Whether a request of the node can hold a field: as one of its own, or inside a JSON object of any content. */
const takes = (ours: Flat, field: string): boolean =>
  ours.has(field) || groupsOf(field).some((group) => takesAnything(ours.get(group)?.kind));

/** Whether it can hold a value: from a list of choices, or because any text goes. */
function takesValue(ours: Flat, field: string, value: string): boolean {
  const own = ours.get(field);
  return own ? own.kind !== 'choice' || own.values.includes(value) : takes(ours, field);
}

const takesAnything = (kind: string | undefined) => kind === 'open object' || kind === 'anything';

/** The groups that a field stands in: `a`, `a.b` and `a.b[]` of `a.b[].c`. */
const groupsOf = (field: string): string[] =>
  [...field.matchAll(/\.|\[\]/g)].map(({ index }) => field.slice(0, index));

/** Whether a field or value of a request, by its line, is left out for a reason. */
function leftOutOf(path: string): (line: string) => boolean {
  const listed: readonly Difference[] = DIFFERENCES;
  const lines = listed
    .filter(({ endpoint, finding }) => endpoint === path && finding === 'only in the SDK')
    .flatMap(({ field, values }) => values?.map((value) => lineOf(field, value)) ?? [field]);
  return (line) =>
    lines.some(
      (one) => line === one || ['.', '[]', ' '].some((next) => line.startsWith(one + next)),
    );
}

const lineOf = (field: string, value: string) => `${field} "${value}"`;

/** The webhooks of the SDK and, by their constants, those that are public beyond it. */
function eventsOf({ webhooks }: Sdk): string[] {
  const beyond = Object.values(PUBLIC_FACTS.definitions).flatMap(({ properties }) => {
    const { webhook_type: type, webhook_code: code } = properties ?? {};
    return type?.const && code?.const ? [`${String(type.const)}.${String(code.const)}`] : [];
  });
  return [...[...webhooks.keys()].filter(isPlaidCheckWebhook), ...beyond].sort();
}

/** The codes of Plaid's pages, and those that the SDK's Sandbox call can put into CRA_REPORT_UPDATED. */
function codesOf(requests: ReadonlyMap<string, Flat>): string[] {
  const field = 'options.error_webhook_code';
  const simulated = requests.get('/sandbox/cra/servicing/simulate')?.get(field)?.values ?? [];
  if (simulated.length === 0) throw new Error(`/sandbox/cra/servicing/simulate has no ${field}`);
  return [...[...ERROR_CODES, ...WEBHOOK_CODES].map(({ code }) => code), ...simulated].sort();
}
