import type { Owner } from 'plaid';
import type { User } from '../state/users';
import type { Wire } from '../wire';

/** Nobody where the bank does not tell; several owners stand in one object, as Plaid writes them. */
export const ownersOf = (user: User, isJoint: boolean): Wire<Owner>[] =>
  user.traits.has('identity_unavailable') ? [] : [ownerOf(user, isJoint)];

/** The user's identity as a bank knows it; what the user never told is left out. A joint owner is a second name. */
function ownerOf({ identity }: User, isJoint: boolean): Wire<Owner> {
  const name = identity?.name;
  const names = name ? [`${name.given_name} ${name.family_name}`] : [];
  return {
    names: isJoint ? [...names, 'Alex Morgan'] : names,
    emails: (identity?.emails ?? []).map(({ data, primary }) => ({
      data,
      primary,
      type: primary ? 'primary' : 'other',
    })),
    phone_numbers: (identity?.phone_numbers ?? []).map(({ data, primary }) => ({
      data,
      primary,
      type: 'mobile',
    })),
    addresses: (identity?.addresses ?? []).map((address) => ({
      data: {
        street: [address.street_1, address.street_2].filter(Boolean).join(' '),
        city: address.city ?? null,
        region: address.region ?? null,
        postal_code: address.postal_code ?? null,
        country: address.country,
      },
      primary: address.primary,
    })),
  };
}
