import { textField } from '../../fields/builders';
export const CLIENT_USER_ID = {
  name: 'Client User ID',
  description:
    'Your own ID for this person, such as a customer number; must not contain personal data',
  placeholder: 'e.g. customer-10482',
};

export const clientUserId = textField(CLIENT_USER_ID, { max: 128 });

/** https://plaid.com/docs/api/users/user-apis/ */
export const userId = textField({
  name: 'User ID',
  description: 'The ID that Plaid returned when you created the user',
  placeholder: 'e.g. usr_9nSp2KuZ2x4JDw',
  hint: 'Starts with usr_',
});

export const userToken = textField({
  name: 'User Token',
  description:
    'The token of a user created before December 10, 2025; newer integrations use the user ID',
  placeholder: 'e.g. user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
  secret: true,
});

export const thirdPartyUserToken = textField({
  name: 'Third-Party User Token',
  description: 'The token from another company that shares this person with you',
  secret: true,
});
