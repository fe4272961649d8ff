import { choiceOrNull } from '../../fields/field';
import { NULL_VALUE } from './nullValue';

export const userTier = choiceOrNull(
  {
    name: 'User Tier',
    description: 'Whether the user is a free or a paid one, if you agreed on tiers with Plaid',
  },
  { free: 'Free', paid: 'Paid' },
  NULL_VALUE,
);
