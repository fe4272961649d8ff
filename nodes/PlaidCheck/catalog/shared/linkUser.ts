import { group, isoDateTime, textField } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { CLIENT_USER_ID } from './identity';
import { idNumber } from './idNumber';
import { e164, emailAddress } from './formats';
import { dateOfBirth, isoCountry, linkPerson } from './person';

const verifiedTime = (what: string) =>
  isoDateTime({
    name: `${what} Verified Time`,
    description: 'No longer needed',
    hint: 'UTC if the time has no time zone',
    deprecated: true,
  });

/** Details about the person for Link (https://plaid.com/docs/api/link/#linktokencreate). */
export const linkUser = group(
  {
    name: 'User',
    description:
      'Details about the person to prefill Link; required unless a user ID identifies the user',
  },
  {
    client_user_id: textField(CLIENT_USER_ID),
    phone_number: withFormat(
      textField({
        name: 'Phone Number',
        description: 'The phone number with + and country code; required to deliver Link by SMS',
        placeholder: 'e.g. +14157452130',
      }),
      e164,
    ).optional(),
    email_address: withFormat(
      textField({
        name: 'Email Address',
        description: 'The email address; required to deliver Link by email',
        placeholder: 'e.g. name@example.com',
      }),
      emailAddress,
    ).optional(),
    legal_name: textField({
      name: 'Legal Name',
      description: "The person's full legal name",
    }).optional(),
    name: group(
      { name: 'Name', description: "The person's name in two parts" },
      { given_name: linkPerson.givenName, family_name: linkPerson.familyName },
    ).nullish(),
    date_of_birth: dateOfBirth.nullish(),
    address: group(
      { name: 'Address', description: "The person's postal address" },
      {
        street: linkPerson.street.nullish(),
        street2: linkPerson.street2.nullish(),
        city: linkPerson.city.nullish(),
        region: linkPerson.region.nullish(),
        postal_code: linkPerson.postalCode.nullish(),
        country: isoCountry,
      },
    ).nullish(),
    id_number: idNumber.nullish(),
    phone_number_verified_time: verifiedTime('Phone Number').nullish(),
    email_address_verified_time: verifiedTime('Email Address').nullish(),
    ssn: textField({
      name: 'SSN',
      description: 'Not used by Plaid; use ID Number instead',
      deprecated: true,
      secret: true,
    }).optional(),
  },
);
