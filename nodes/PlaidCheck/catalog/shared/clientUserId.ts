import { text } from '../../fields/field';

export const CLIENT_USER_ID = {
  name: 'Client User ID',
  description:
    'Your own ID of this person, such as the customer number; no email address, phone number or other personal data',
  placeholder: 'e.g. customer-10482',
};

export const clientUserId = text(CLIENT_USER_ID, { max: 128 });
