/**
 * What a real file can hold that an ordinary one does not, in words for the documentation. A persona shows one of them;
 * a fault plan gives them to other users.
 */
export const SHOWN = {
  fraud_alert: 'A fraud alert: every answer with warnings has `USER_FRAUD_ALERT`',
  identity_unavailable: 'Accounts without owners, and the warning `IDENTITY_UNAVAILABLE`',
  item_failed:
    'A second bank that requires a new login: reports leave it out with the warning `TRANSACTIONS_UNAVAILABLE`, monitoring says `FAILED`',
  item_pending:
    'A second bank that Plaid has not read yet: reports leave it out with the warning `TRANSACTIONS_UNAVAILABLE`, monitoring says `PENDING`',
  no_scores:
    'No scores: each one is null, with an `error_reason`, and UltraFICO with an `exclusion_code` too',
  no_income: 'No income: no streams, no sources, and no totals of them',
  income_version_1: 'Income Insights in version 1 alone: no streams, and a `user_summary` of null',
  no_baselines: 'Monitoring without baselines, as in the example of Plaid’s reference',
  no_historical_balances: 'No `historical_balances` on any account',
  unknown_balances:
    'Balances that the bank does not give: savings without `available`, and a second credit card without `current`',
  account_types:
    'Besides checking and savings: a money market account, a CD, an HSA, a credit card, a student loan and a brokerage account',
  joint_owners: 'A checking account with two owners',
  linked_twice:
    'One bank linked through two Items: each account comes twice, with another `account_id` and the same `persistent_account_id`',
  two_currencies:
    'Two small accounts in CAD, listed before those in USD, and an income stream in each currency',
  no_currency: 'A savings account whose amounts name no currency',
  pending_transactions:
    'Pending transactions of the last two days: they count in `available`, not in `current` or `historical_balances`',
} as const satisfies Record<string, string>;

export type Trait = keyof typeof SHOWN;

export const TRAITS = Object.keys(SHOWN) as readonly Trait[];
