import type { DemoUser } from '../../../sandbox/server';

/** Users of a case of its own, whom the stand-in for Plaid has to know from the start. */
export const usersOf = (name: string, count: number): DemoUser[] =>
  Array.from({ length: count }, (_, index) => ({
    user_id: `usr_${name}_${index}`,
    given_name: name,
    family_name: String(index),
    archetype: 'gig_worker',
  }));

export const PURPOSE = { consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT' };
