import type { ArchetypeName } from './answers/archetypes';
import type { DemoUser } from './demoUsers';
import { SHOWN, TRAITS, type Trait } from './traits';

/** An applicant with one trait, and finances that would be approved without it. */
export interface Persona extends DemoUser {
  readonly traits: readonly [Trait];
  /** What the file of the person holds; also in the documentation. */
  readonly shows: string;
}

const NAMES: Readonly<Record<Trait, readonly [given: string, family: string]>> = {
  fraud_alert: ['Farah', 'Nassar'],
  identity_unavailable: ['Ida', 'Holm'],
  item_failed: ['Ivan', 'Petrov'],
  item_pending: ['Paola', 'Rossi'],
  no_scores: ['Noor', 'Saleh'],
  no_income: ['Nils', 'Berg'],
  income_version_1: ['Vera', 'Ortiz'],
  no_baselines: ['Bela', 'Szabo'],
  no_historical_balances: ['Hana', 'Sato'],
  unknown_balances: ['Uma', 'Rao'],
  account_types: ['Aino', 'Laine'],
  joint_owners: ['Joan', 'Murphy'],
  linked_twice: ['Theo', 'Wagner'],
  two_currencies: ['Chloe', 'Tremblay'],
  no_currency: ['Kofi', 'Mensah'],
  pending_transactions: ['Petra', 'Horvat'],
};

export const PERSONAS: readonly Persona[] = TRAITS.map((trait) => ({
  user_id: `usr_persona_${trait}`,
  given_name: NAMES[trait][0],
  family_name: NAMES[trait][1],
  shows: SHOWN[trait],
  archetype: 'salaried_saver',
  traits: [trait],
}));

/** Logins of Plaid's Sandbox that mean something: https://plaid.com/docs/sandbox/test-credentials/ */
const PLAIDS_LOGINS: Readonly<Record<string, ArchetypeName>> = {
  user_credit_profile_excellent: 'salaried_saver',
  user_credit_profile_good: 'recent_graduate',
  user_credit_profile_poor: 'stretched_renter',
  user_bank_income: 'gig_worker',
};

/** What a user's file holds once a bank is linked with a username: one of Plaid's, or a trait's after `user_`. */
export function fileOf(username: string): { archetype?: ArchetypeName; trait?: Trait } {
  const archetype = PLAIDS_LOGINS[username];
  if (archetype) return { archetype };
  const trait = TRAITS.find((name) => username === `user_${name}`);
  return trait ? { archetype: 'salaried_saver', trait } : {};
}
