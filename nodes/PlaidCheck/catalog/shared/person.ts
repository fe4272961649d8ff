import { isoDate, textField } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import {
  alpha2Country,
  linkPostalCode,
  notInFuture,
  regionCode,
  withLetter,
  zipCode,
} from './formats';

/** Fields about a person (https://plaid.com/docs/api/users/). */

const GIVEN_NAME = { name: 'Given Name', description: "The person's first name" };

const FAMILY_NAME = { name: 'Family Name', description: "The person's last name" };

export const givenName = textField(GIVEN_NAME);

export const familyName = textField(FAMILY_NAME);

export const dateOfBirth = withFormat(
  isoDate({ name: 'Date of Birth', description: "The person's date of birth" }),
  notInFuture,
);

/** People fill in an address as a whole. */
const OF_ADDRESS = { showsAtOnce: true } as const;

const CITY = { ...OF_ADDRESS, name: 'City', description: 'The full name of the city' };

export const city = textField(CITY);

const REGION = {
  ...OF_ADDRESS,
  name: 'State or Region',
  description: 'The state, province or region; two letters in the US',
  placeholder: 'e.g. IL',
};

export const region = textField(REGION);

const POSTAL_CODE = {
  ...OF_ADDRESS,
  name: 'Postal Code',
  description: 'The postal or ZIP code',
  placeholder: 'e.g. 60657',
};

export const postalCode = withFormat(textField(POSTAL_CODE), zipCode);

const COUNTRY = {
  name: 'Country Code',
  description:
    'The country as two capital letters; consumer reports are available only for people in the US',
  placeholder: 'e.g. US',
  default: 'US',
};

/** Plaid does not say which codes it accepts here. */
export const country = textField(COUNTRY);

export const isoCountry = withFormat(textField(COUNTRY), alpha2Country);

const MAX_NAME = 100;

export const street = textField({
  ...OF_ADDRESS,
  name: 'Street',
  description: 'The first line of the street address',
  placeholder: 'e.g. 3200 W Armitage Ave',
});

export const streetSecondLine = textField({
  ...OF_ADDRESS,
  name: 'Street, Second Line',
  description: 'The second line of the street address, such as the apartment',
});

/** The same of the person whom Link is opened for, where Plaid states more (SDK 47, UserAddress and others). */
export const linkPerson = {
  givenName: textField(GIVEN_NAME, { max: MAX_NAME }),
  familyName: textField(FAMILY_NAME, { max: MAX_NAME }),
  street: withFormat(
    textField(
      { ...OF_ADDRESS, name: 'Street', description: 'The street address, up to 80 characters' },
      { max: 80 },
    ),
    withLetter,
  ),
  street2: textField(
    {
      ...OF_ADDRESS,
      name: 'Street, Second Line',
      description: 'The rest of the street address, such as the apartment, up to 50 characters',
    },
    { max: 50 },
  ),
  city: withFormat(textField(CITY, { max: MAX_NAME }), withLetter),
  region: withFormat(textField(REGION), regionCode),
  postalCode: withFormat(textField(POSTAL_CODE), linkPostalCode),
};
