import type { ClientUserIdentity, ConsumerReportUserIdentity } from 'plaid';
import type { ArchetypeName } from '../answers/archetypes';
import { userNotFound } from '../plaidErrors';
import { stableUuid, newId, newUuid } from '../ids';
import type { DemoUser } from '../demoUsers';
import { fileOf } from '../personas';
import type { Trait } from '../traits';
import type { Wire } from '../wire';

export type Identity = Wire<ClientUserIdentity>;
export type LegacyIdentity = Wire<ConsumerReportUserIdentity>;

/** A user as the sandbox keeps it. */
export interface User {
  readonly userId: string;
  /** Only users created in the legacy way have one. */
  readonly userToken: string | null;
  readonly clientUserId: string;
  readonly createdAt: number;
  updatedAt: number;
  identity: Identity | null;
  /** Fixed for demo users and by some logins; other users' finances follow from their id. */
  readonly archetype: ArchetypeName | null;
  /** What else the file holds: the user's own traits and the injected ones. */
  readonly traits: ReadonlySet<Trait>;
}

/** The traits that a fault plan gives a user. */
export type InjectedTraits = (user: Pick<User, 'userId' | 'clientUserId'>) => readonly Trait[];

/** The ways a request can name a user. */
export interface UserReference {
  readonly user_id?: string | undefined;
  readonly user_token?: string | undefined;
  readonly third_party_user_token?: string | undefined;
}

export interface Users {
  create(options: {
    readonly clientUserId: string;
    readonly identity: Identity | null;
    /** Created in the legacy way: gets a user_token. */
    readonly legacy: boolean;
    /** ms since the epoch. */
    readonly now: number;
  }): User;
  /** Throws USER_NOT_FOUND. */
  find(reference: UserReference): User;
  remove(user: User): void;
  /** The user links a bank with this username, which may say what the file holds. */
  signIn(user: User, username: string): void;
  /** A token another company can read the user's reports with, until `expiresAt` (ms). */
  issueThirdPartyToken(user: User, expiresAt: number): string;
  /** Whether there was such a token. */
  revokeThirdPartyToken(token: string): boolean;
}

/** The users of one sandbox, starting with the demo users. `clock` tells the time in ms. */
export function createUsers(
  demoUsers: readonly DemoUser[],
  clock: () => number,
  injectedTraits: InjectedTraits = () => [],
): Users {
  const byId = new Map<string, User>();
  /** Without the injected ones, by user ID. */
  const ownTraits = new Map<string, readonly Trait[]>();
  const add = (user: Omit<User, 'traits'>, own: readonly Trait[] = []): User => {
    const added = {
      ...user,
      get traits() {
        return new Set([...own, ...injectedTraits(user)]);
      },
    };
    byId.set(user.userId, added);
    ownTraits.set(user.userId, own);
    return added;
  };
  for (const demo of demoUsers) add(fromDemo(demo, clock()), demo.traits);
  const thirdPartyTokens = new Map<string, { userId: string; expiresAt: number }>();
  const ownerOf = (token: string) => {
    const found = thirdPartyTokens.get(token);
    return found && clock() < found.expiresAt ? found.userId : undefined;
  };
  return {
    create({ clientUserId, identity, legacy, now: createdAt }) {
      return add({
        userId: `usr_${newId(14)}`,
        userToken: legacy ? `user-sandbox-${newUuid()}` : null,
        clientUserId,
        identity,
        createdAt,
        updatedAt: createdAt,
        archetype: null,
      });
    },
    signIn(user, username) {
      const { archetype = user.archetype, trait } = fileOf(username);
      const own = ownTraits.get(user.userId) ?? [];
      add({ ...user, archetype }, trait ? [...own, trait] : own);
    },
    find({ user_id, user_token, third_party_user_token: shared }) {
      const id = user_id ?? (shared && ownerOf(shared));
      const user = user_token
        ? [...byId.values()].find(({ userToken }) => userToken === user_token)
        : id && byId.get(id);
      if (!user) throw userNotFound();
      return user;
    },
    remove(user) {
      byId.delete(user.userId);
    },
    issueThirdPartyToken({ userId }, expiresAt) {
      const token = `third-party-user-sandbox-${newUuid()}`;
      thirdPartyTokens.set(token, { userId, expiresAt });
      return token;
    },
    revokeThirdPartyToken: (token) => thirdPartyTokens.delete(token),
  };
}

/** A made-up person for a Link session without a known user. */
export const stranger = (userId: string, now: number): User => ({
  userId,
  userToken: null,
  clientUserId: userId,
  createdAt: now,
  updatedAt: now,
  identity: null,
  archetype: null,
  traits: new Set(),
});

function fromDemo(
  { user_id, user_token, given_name, family_name, archetype }: DemoUser,
  now: number,
): Omit<User, 'traits'> {
  const email = `${given_name}.${family_name}@example.com`.toLowerCase();
  return {
    userId: user_id,
    userToken: user_token ?? `user-sandbox-${stableUuid(user_id)}`,
    clientUserId: user_id.replace('usr_demo_', 'applicant_'),
    createdAt: now,
    updatedAt: now,
    archetype,
    identity: {
      name: { given_name, family_name },
      date_of_birth: '1988-07-22',
      emails: [{ data: email, primary: true }],
      phone_numbers: [{ data: '+14155550123', primary: true }],
      addresses: [
        {
          street_1: '2493 Leisure Lane',
          city: 'San Matias',
          region: 'CA',
          postal_code: '93405',
          country: 'US',
          primary: true,
        },
      ],
    },
  };
}

/** The legacy identity in the form of the new one. */
export function upgradeIdentity(legacy: LegacyIdentity): Identity {
  const primaryFirst = (data: string, index: number) => ({ data, primary: index === 0 });
  const { street, city, region, postal_code, country } = legacy.primary_address;
  return {
    name: { given_name: legacy.first_name, family_name: legacy.last_name },
    date_of_birth: legacy.date_of_birth,
    emails: legacy.emails.map(primaryFirst),
    phone_numbers: legacy.phone_numbers.map(primaryFirst),
    addresses: [
      { street_1: street, city, region, postal_code, country: country ?? 'US', primary: true },
    ],
  };
}
