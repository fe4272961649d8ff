import { textField } from '../../fields/builders';
export const CLIENT_USER_ID = {
  name: 'Client User ID',
  description:
    'Your own ID of this person, such as the customer number; no email address, phone number or other personal data',
  placeholder: 'e.g. customer-10482',
};

export const clientUserId = textField(CLIENT_USER_ID, { max: 128 });

/** https://plaid.com/docs/api/users/user-apis/ */
export const userId = textField({
  name: 'User ID',
  description: 'The ID that Plaid gave this person when you created the user',
  placeholder: 'e.g. usr_9nSp2KuZ2x4JDw',
  hint: 'Starts with usr_',
});

export const userToken = textField({
  name: 'User Token',
  description:
    'The token of a user that was created before December 10, 2025; newer integrations use the user ID',
  placeholder: 'e.g. user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
  secret: true,
});

export const thirdPartyUserToken = textField({
  name: 'Third-Party User Token',
  description: 'The token with which another company shares this person with you',
  secret: true,
});
