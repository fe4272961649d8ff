import type { Flat } from '../support/schemaDifferences';
import { NODE } from './node';
import { isPlaidCheck, isPlaidCheckWebhook } from './plaidCheck';
import { requestFields, type Sdk } from './sdk';

/** What one version of Plaid's SDK says of Plaid Check that another does not. */
export interface ApiDifference {
  readonly added: readonly Entry[];
  readonly removed: readonly Entry[];
  /** Requests whose fields can't be compared, and why. */
  readonly unread: readonly string[];
}

export interface Entry {
  readonly kind: 'path' | 'field' | 'value' | 'webhook' | 'webhook field';
  /** Such as `/cra/report/create`, or with the field and value: `/link/token/create products[] "cra_x"`. */
  readonly name: string;
  /** Whether the node has it. */
  readonly inNode: boolean;
}

export function differenceOf(older: Sdk, newer: Sdk): ApiDifference {
  const before = entriesOf(older);
  const after = entriesOf(newer);
  return {
    added: lacking(after.entries, before.entries),
    removed: lacking(before.entries, after.entries),
    unread: after.unread,
  };
}

const lacking = (from: ReadonlyMap<string, Entry>, other: ReadonlyMap<string, Entry>): Entry[] =>
  [...from].filter(([name]) => !other.has(name)).map(([, entry]) => entry);

/** All that an SDK has of Plaid Check, by its name. */
function entriesOf({ schemas, webhooks }: Sdk) {
  const entries = new Map<string, Entry>();
  const unread: string[] = [];
  const add = (kind: Entry['kind'], name: string, inNode: boolean) =>
    entries.set(`${kind} ${name}`, { kind, name, inNode });

  for (const path of Object.keys(schemas.endpoints).filter(isPlaidCheck).sort()) {
    const ours = NODE.requests.get(path);
    add('path', path, ours !== undefined);
    const fields = requestFields(schemas, path);
    if (fields instanceof Error) unread.push(`${path}: ${fields.message}`);
    else addFields(path, fields, ours);
  }
  for (const [key, fields] of [...webhooks].filter(([key]) => isPlaidCheckWebhook(key)).sort()) {
    add('webhook', key, NODE.events.has(key));
    // The trigger passes a webhook on as it is.
    for (const field of fields) add('webhook field', `${key} ${field}`, NODE.events.has(key));
  }
  return { entries, unread };

  function addFields(path: string, fields: Flat, ours: Flat | undefined): void {
    for (const [field, { values }] of fields) {
      // The root is the request itself, and an entry of a list comes with the list.
      if (field && !field.endsWith('[]')) {
        add('field', `${path} ${field}`, ours?.has(field) ?? false);
      }
      for (const value of values) {
        const inNode = ours?.get(field)?.values.includes(value) ?? false;
        add('value', `${path} ${field} "${value}"`, inNode);
      }
    }
  }
}
