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

/** A test login of Plaid's Sandbox: https://plaid.com/docs/sandbox/test-credentials/ */
interface Login {
  readonly archetype: ArchetypeName;
  readonly password: string;
  /** What the file holds, as Plaid says; also in the documentation. */
  readonly shows: string;
}

/** Those that mean something for a consumer report. */
export const PLAIDS_LOGINS: Readonly<Record<string, Login>> = {
  user_credit_profile_excellent: {
    archetype: 'salary_and_rent',
    password: 'any',
    shows: 'More income than spending: a high salary, and rent as a second income',
  },
  user_credit_profile_good: {
    archetype: 'several_gigs',
    password: 'any',
    shows: 'As much income as spending, from several gigs',
  },
  user_credit_profile_poor: {
    archetype: 'spends_more_than_income',
    password: 'any',
    shows: 'More spending than income, and no steady income',
  },
  user_bank_income: {
    archetype: 'many_incomes',
    password: '{}',
    shows: 'Many incomes of different kinds',
  },
};

/** What a user's file holds once a bank is linked with a username: one of Plaid's, or a trait's after `user_`. */
export function fileOf(username: string): { archetype?: ArchetypeName; trait?: Trait } {
  const login = PLAIDS_LOGINS[username];
  if (login) return { archetype: login.archetype };
  const trait = TRAITS.find((name) => username === `user_${name}`);
  return trait ? { archetype: 'salaried_saver', trait } : {};
}
