import type { JsonSchema } from '../../../sandbox/oracle/types';
import { NODE } from './node';
import { isPlaidCheck, isPlaidCheckWebhook } from './plaidCheck';
import { isAccountKey, type Sdk } from './sdk';
import { shapeOf, type FieldShape } from './shape';

/** What one version of Plaid's SDK says of Plaid Check that another does not. */
export interface ApiDifference {
  readonly added: readonly Entry[];
  readonly removed: readonly Entry[];
  /** What both have and say differently, such as a field that has become required. */
  readonly changed: readonly Change[];
}

export interface Entry {
  readonly kind: 'path' | 'field' | 'value' | 'answer field' | 'answer value' | WebhookKind;
  /** Such as `/cra/report/create`, or with the field and value: `/link/token/create products[] "cra_x"`. */
  readonly name: string;
  /** Whether the node has it. Answers and webhooks it passes on as they are. */
  readonly inNode: boolean;
}

type WebhookKind = 'webhook' | 'webhook field';

export interface Change {
  /** The part of the API, as of an {@link Entry} */
  readonly name: string;
  readonly was: string;
  readonly is: string;
}

export function differenceOf(older: Sdk, newer: Sdk): ApiDifference {
  const before = contentOf(older);
  const after = contentOf(newer);
  return {
    added: lacking(after.entries, before.entries),
    removed: lacking(before.entries, after.entries),
    changed: [...after.traits].flatMap(([name, is]) => {
      const was = before.traits.get(name);
      return was === undefined || was === is ? [] : [{ name, was, is }];
    }),
  };
}

const lacking = (from: ReadonlyMap<string, Entry>, other: ReadonlyMap<string, Entry>): Entry[] =>
  [...from].filter(([name]) => !other.has(name)).map(([, entry]) => entry);

interface Content {
  /** All that an SDK has of Plaid Check, by its kind and name. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** What it says of each field and call. */
  readonly traits: ReadonlyMap<string, string>;
}

function contentOf({ schemas, webhooks }: Sdk): Content {
  const entries = new Map<string, Entry>();
  const traits = new Map<string, string>();
  const add = (kind: Entry['kind'], name: string, inNode: boolean) =>
    entries.set(`${kind} ${name}`, { kind, name, inNode });

  for (const path of Object.keys(schemas.endpoints).filter(isPlaidCheck).sort()) {
    const { method, request, response } = schemas.endpoints[path] ?? {};
    const ours = NODE.requests.get(path);
    add('path', path, ours !== undefined);
    traits.set(
      path,
      [method, ...(request ? [] : ['no body']), response ? 'JSON' : 'a file'].join(', '),
    );
    if (request) addRequest(path, { $ref: `#/definitions/${request}` });
    if (response) addAnswer(path, response, ours !== undefined);
  }
  for (const [key, fields] of [...webhooks].filter(([key]) => isPlaidCheckWebhook(key)).sort()) {
    add('webhook', key, NODE.events.has(key));
    for (const field of fields) add('webhook field', `${key} ${field}`, NODE.events.has(key));
  }
  return { entries, traits };

  function addRequest(path: string, request: JsonSchema): void {
    const ours = NODE.requests.get(path);
    for (const [field, shape] of membersOf(request)) {
      // The root is the request itself, and an entry of a list comes with the list.
      if (field && !field.endsWith('[]')) {
        add('field', `${path} ${field}`, ours?.has(field) ?? false);
      }
      traits.set(`${path} ${field}`, traitOf(shape));
      for (const value of shape.values) {
        const inNode = ours?.get(field)?.values.includes(value) ?? false;
        add('value', `${path} ${field} "${value}"`, inNode);
      }
    }
  }

  function addAnswer(path: string, answer: JsonSchema, inNode: boolean): void {
    for (const [field, shape] of membersOf(answer)) {
      const name = `${path} answers ${field}`;
      if (field && !field.endsWith('[]')) add('answer field', name, inNode);
      traits.set(name, traitOf(shape));
      for (const value of shape.values) add('answer value', `${name} "${value}"`, inNode);
    }
  }

  function membersOf(schema: JsonSchema): [string, FieldShape][] {
    return [...shapeOf(schema, schemas)].filter(([field]) => !isAccountKey(field));
  }
}

const traitOf = ({ types, required, nullable }: FieldShape): string =>
  [
    types.join(' or ') || 'anything',
    ...(nullable ? ['null allowed'] : []),
    required ? 'required' : 'optional',
  ].join(', ');
