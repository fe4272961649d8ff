import type { ArchetypeName } from './answers/archetypes';
import type { DemoUser } from './demoUsers';

interface Row {
  readonly given_name: string;
  readonly family_name: string;
  /** What the file of the person holds; also in the documentation. */
  readonly shows: string;
}

const ROWS = {
  fraud_alert: {
    given_name: 'Farah',
    family_name: 'Nassar',
    shows: 'A fraud alert: every answer with warnings has `USER_FRAUD_ALERT`',
  },
  identity_unavailable: {
    given_name: 'Ida',
    family_name: 'Holm',
    shows: 'Accounts without owners, and the warning `IDENTITY_UNAVAILABLE`',
  },
  item_failed: {
    given_name: 'Ivan',
    family_name: 'Petrov',
    shows:
      'A second bank that requires a new login: reports leave it out with the warning `TRANSACTIONS_UNAVAILABLE`, monitoring says `FAILED`',
  },
  item_pending: {
    given_name: 'Paola',
    family_name: 'Rossi',
    shows:
      'A second bank that Plaid has not read yet: reports leave it out with the warning `TRANSACTIONS_UNAVAILABLE`, monitoring says `PENDING`',
  },
  no_scores: {
    given_name: 'Noor',
    family_name: 'Saleh',
    shows:
      'No scores: each one is null, with an `error_reason`, and UltraFICO with an `exclusion_code` too',
  },
  no_income: {
    given_name: 'Nils',
    family_name: 'Berg',
    shows: 'No income: no streams, no sources, and no totals of them',
  },
  income_version_1: {
    given_name: 'Vera',
    family_name: 'Ortiz',
    shows: 'Income Insights in version 1 alone: no streams, and a `user_summary` of null',
  },
  no_baselines: {
    given_name: 'Bela',
    family_name: 'Szabo',
    shows: 'Monitoring without baselines, as in the example of Plaid’s reference',
  },
  no_historical_balances: {
    given_name: 'Hana',
    family_name: 'Sato',
    shows: 'No `historical_balances` on any account',
  },
  unknown_balances: {
    given_name: 'Uma',
    family_name: 'Rao',
    shows:
      'Balances that the bank does not give: savings without `available`, and a second credit card without `current`',
  },
  account_types: {
    given_name: 'Aino',
    family_name: 'Laine',
    shows:
      'Beside checking and savings: a money market account, a CD, an HSA, a credit card, a student loan and a brokerage account',
  },
  joint_owners: {
    given_name: 'Joan',
    family_name: 'Murphy',
    shows: 'A checking account with two owners',
  },
  linked_twice: {
    given_name: 'Theo',
    family_name: 'Wagner',
    shows:
      'One bank linked through two Items: each account comes twice, with another `account_id` and the same `persistent_account_id`',
  },
  two_currencies: {
    given_name: 'Chloe',
    family_name: 'Tremblay',
    shows:
      'Two small accounts in CAD, listed before those in USD, and an income stream in each currency',
  },
  no_currency: {
    given_name: 'Kofi',
    family_name: 'Mensah',
    shows: 'A savings account whose amounts name no currency',
  },
  pending_transactions: {
    given_name: 'Petra',
    family_name: 'Horvat',
    shows:
      'Pending transactions of the last two days: they count in `available`, not in `current` or `historical_balances`',
  },
} as const satisfies Record<string, Row>;

/**
 * What a real file can hold that an ordinary one does not. A persona shows one of them; a fault plan gives them to
 * other users.
 */
export type Trait = keyof typeof ROWS;

export const TRAITS = Object.keys(ROWS) as readonly Trait[];

/** An applicant with one trait, and finances that would be approved without it. */
export interface Persona extends DemoUser {
  readonly traits: readonly [Trait];
  readonly shows: string;
}

export const PERSONAS: readonly Persona[] = TRAITS.map((trait) => ({
  user_id: `usr_persona_${trait}`,
  ...ROWS[trait],
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
