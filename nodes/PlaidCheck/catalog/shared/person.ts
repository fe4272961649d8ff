import { isoDate, textField } from '../../fields/builders';

/** Fields about a person (https://plaid.com/docs/api/users/). */

export const givenName = textField({ name: 'Given Name', description: "The person's first name" });

export const familyName = textField({ name: 'Family Name', description: "The person's last name" });

export const dateOfBirth = isoDate({
  name: 'Date of Birth',
  description: "The person's date of birth",
});

export const city = textField({ name: 'City', description: 'The full name of the city' });

export const region = textField({
  name: 'State or Region',
  description: 'The state, province or region; two letters in the US',
  placeholder: 'e.g. IL',
});

export const postalCode = textField({
  name: 'Postal Code',
  description: 'The postal or ZIP code',
  placeholder: 'e.g. 60657',
});

export const country = textField({
  name: 'Country Code',
  description:
    'The country as two capital letters; consumer reports are available only for people in the US',
  placeholder: 'e.g. US',
  default: 'US',
});
