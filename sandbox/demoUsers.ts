import type { ArchetypeName } from './answers/archetypes';
import type { Trait } from './traits';

/** An applicant the sandbox knows from the start. */
export interface DemoUser {
  readonly user_id: string;
  /** Follows from the `user_id` unless given. */
  readonly user_token?: string;
  readonly given_name: string;
  readonly family_name: string;
  /** What their finances look like. */
  readonly archetype: ArchetypeName;
  /** Whether their bank asks them to log in again, so that no report can be made. */
  readonly disconnected?: boolean;
  /** What else the file holds; none by default. */
  readonly traits?: readonly Trait[];
}

/** Five applicants with linked accounts, an active monitoring subscription and very different finances. */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    user_id: 'usr_demo_amara_okafor',
    given_name: 'Amara',
    family_name: 'Okafor',
    archetype: 'salaried_saver',
  },
  {
    user_id: 'usr_demo_daniel_reyes',
    given_name: 'Daniel',
    family_name: 'Reyes',
    archetype: 'gig_worker',
  },
  {
    user_id: 'usr_demo_mei_lin',
    given_name: 'Mei',
    family_name: 'Lin',
    archetype: 'recent_graduate',
  },
  {
    user_id: 'usr_demo_walter_novak',
    given_name: 'Walter',
    family_name: 'Novak',
    archetype: 'retiree',
  },
  {
    user_id: 'usr_demo_tasha_green',
    given_name: 'Tasha',
    family_name: 'Green',
    archetype: 'stretched_renter',
  },
];

/** An applicant whose reports fail, until Link in update mode repairs the connection to the bank. */
export const DISCONNECTED_USER: DemoUser = {
  user_id: 'usr_demo_owen_blake',
  given_name: 'Owen',
  family_name: 'Blake',
  archetype: 'recent_graduate',
  disconnected: true,
};
