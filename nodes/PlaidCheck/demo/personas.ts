import { DEMO_USERS, type DemoUser } from '../../../sandbox/demoUsers';

/** An applicant of the demo. */
export interface DemoPersona extends DemoUser {
  /** The end of its `user_id`, and what a `client_user_id` has to contain for a user like it */
  readonly name: string;
  /** What to see with it; also in the documentation */
  readonly shows: string;
}

const PREFIX = 'usr_demo_';

const persona = (
  name: string,
  [given_name, family_name]: readonly [string, string],
  shows: string,
  finances: Pick<DemoUser, 'archetype' | 'traits'>,
): DemoPersona => ({
  user_id: `${PREFIX}${name}`,
  name,
  given_name,
  family_name,
  shows,
  ...finances,
});

/** The first one is also the one that new users are like unless they say otherwise. */
export const DEMO_PERSONAS: readonly DemoPersona[] = [
  persona('approved', ['Ava', 'Brooks'], 'A steady salary, savings and high scores', {
    archetype: 'salaried_saver',
  }),
  persona(
    'declined',
    ['Dana', 'Cole'],
    'Little income, overdrafts and low scores, with the reasons for them',
    { archetype: 'stretched_renter' },
  ),
  persona(
    'thin_file',
    ['Theo', 'Hart'],
    'A file that is too thin for a score: each score is null and says why',
    { archetype: 'recent_graduate', traits: ['no_scores'] },
  ),
  persona(
    'joint_account',
    ['Joan', 'Murphy'],
    'A checking account with two owners, and a second bank that asks for a new login: reports leave it out with a warning',
    { archetype: 'salaried_saver', traits: ['joint_owners', 'item_failed'] },
  ),
  persona(
    'not_ready',
    ['Noah', 'Reed'],
    'A report that is not ready at the first read of an execution, and is at the second',
    { archetype: 'retiree' },
  ),
];

/** Everybody whom the demo knows: its personas, and the applicants of the examples. The place in it is part of IDs. */
export const everybody: readonly DemoUser[] = [...DEMO_PERSONAS, ...DEMO_USERS];

/** A user of the demo: one that it knows, or one that was created and is like it. */
export interface DemoPerson {
  readonly like: DemoUser;
  /** Ten hexadecimal digits that tell created users apart; null for the known one itself */
  readonly code: string | null;
}

/** The report of this one is not ready at first. */
export const isSlow = ({ like }: DemoPerson): boolean => like.user_id === `${PREFIX}not_ready`;

export const userIdOf = ({ like: { user_id }, code }: DemoPerson): string =>
  code === null ? user_id : `${user_id}_${code}`;

export const asUser = (person: DemoPerson): DemoUser => ({
  ...person.like,
  user_id: userIdOf(person),
});

/** The user of an ID; undefined where the demo has none. */
export function personOf(userId: string): DemoPerson | undefined {
  const [, known, code = null] = /^(usr_demo_[a-z_]+?)(?:_([0-9a-f]{10}))?$/.exec(userId) ?? [];
  const like = everybody.find(({ user_id }) => user_id === known);
  return like && { like, code };
}

/** A user as a number of the place in the list and the code; 0 is nobody. */
export const numberOf = ({ like }: DemoPerson): number => everybody.indexOf(like) + 1;

export function personOfNumber(number: number, code: string | null): DemoPerson | undefined {
  const like = everybody[number - 1];
  return like && { like, code };
}

/** The persona that a new user is like. */
export function personaFor(clientUserId: string): DemoUser | undefined {
  const words = clientUserId.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return DEMO_PERSONAS.find(({ name }) => words.includes(name)) ?? DEMO_PERSONAS[0];
}
