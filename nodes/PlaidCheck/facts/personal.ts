import type { JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';

/**
 * The fields of Plaid's responses, and of requests, that tell who somebody is: owners, contacts, account numbers and
 * the texts of transactions. A name alone is meant wherever it stands; one with a parent only there, in whatever lists.
 * A test fails on a field of Plaid's SDK that is neither here nor in its list of fields that are not personal.
 */
export const PERSONAL_FIELDS: readonly string[] = [
  // Who somebody is, and how to reach them
  'account_owner',
  'addresses',
  'consumer_report_user_identity',
  'date_of_birth',
  'email_address',
  'emails',
  'family_name',
  'given_name',
  'id_numbers',
  'identity',
  'legal_name',
  'names',
  'owners',
  'phone_number',
  'phone_numbers',
  'ssn',
  'ssn_full',
  'ssn_last_4',
  'user.address',
  // Numbers of accounts, and names that their owners may have given them
  'account_number',
  'account_number_mask',
  'accounts.name',
  'bank_income_accounts.name',
  'event_metadata.routing_number',
  'mask',
  'numbers',
  // What the texts of transactions say
  'all_transactions.location',
  'all_transactions.name',
  'check_number',
  'counterparties',
  'income_description',
  'income_streams.description',
  'investment_transactions.name',
  'merchant_name',
  'original_description',
  'payment_meta',
  'transactions.location',
  'transactions.name',
  // What somebody wrote
  'consumer_disputes.statement',
  'event_metadata.institution_search_query',
];

const known = new Set(PERSONAL_FIELDS);

/** Whether a field is personal. @param parent the field that it stands in, past any lists; empty at the root */
export const isPersonal = (parent: string, name: string): boolean =>
  known.has(name) || known.has(`${parent}.${name}`);

/** A response or a request without its personal fields. */
export function withoutPersonal<T extends JsonValue>(value: T, parent = ''): T {
  if (Array.isArray(value)) return value.map((entry) => withoutPersonal(entry, parent)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isPersonal(parent, name))
      .map(([name, member]) => [name, withoutPersonal(member ?? null, name)]),
  ) as T;
}
