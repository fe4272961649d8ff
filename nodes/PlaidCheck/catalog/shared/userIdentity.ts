import { digits, group, groupList, textField, textList, toggle } from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { emailAddress, fourDigits, fullSsn } from './formats';
import { idNumberMembers } from './idNumber';
import {
  city,
  country,
  dateOfBirth,
  familyName,
  givenName,
  isoCountry,
  postalCode,
  region,
  street,
  streetSecondLine,
} from './person';

const PHONE_PLACEHOLDER = 'e.g. +14157452130';

// Defaults to true: most people have one entry, and a consumer report requires a primary one.
const primary = (what: string) =>
  toggle({
    name: 'Primary',
    description: `Whether this is the person's main ${what}; a consumer report requires one`,
    default: true,
  });

/** User identity for integrations since December 10, 2025 (https://plaid.com/docs/api/users/#usercreate). */
export const userIdentity = group(
  {
    name: 'Identity',
    description:
      'Identity data of the person; a consumer report requires the name, the date of birth, and a primary email, phone number and US address',
    neverBlank: true,
  },
  {
    name: group(
      { name: 'Name', description: "The person's name" },
      { given_name: givenName, family_name: familyName },
    ).nullish(),
    date_of_birth: dateOfBirth.nullish(),
    emails: groupList(
      {
        name: 'Emails',
        description: "The person's email addresses",
        emptyMeans: 'the person has no email address',
      },
      {
        data: withFormat(
          textField({
            name: 'Email',
            description: 'The email address',
            placeholder: 'e.g. name@example.com',
          }),
          emailAddress,
        ),
        primary: primary('email address'),
      },
    ).optional(),
    phone_numbers: groupList(
      {
        name: 'Phone Numbers',
        description: "The person's phone numbers",
        emptyMeans: 'the person has no phone number',
      },
      {
        data: textField({
          name: 'Phone Number',
          description: 'A valid phone number with + and country code',
          placeholder: PHONE_PLACEHOLDER,
        }),
        primary: primary('phone number'),
      },
    ).optional(),
    addresses: groupList(
      {
        name: 'Addresses',
        description: "The person's postal addresses",
        emptyMeans: 'the person has no address',
      },
      {
        street_1: street.nullish(),
        street_2: streetSecondLine.nullish(),
        city: city.nullish(),
        region: region.nullish(),
        postal_code: postalCode.nullish(),
        country,
        primary: primary('address'),
      },
    ).optional(),
    id_numbers: groupList(
      {
        name: 'ID Numbers',
        description:
          'Numbers that identify the person; Plaid strongly recommends the last four digits of the SSN, and requires the full SSN for reports to Fannie Mae or Freddie Mac',
        emptyMeans: 'the person has no such number',
      },
      idNumberMembers,
    ).optional(),
  },
);

/** User identity for integrations with user tokens. */
export const consumerReportUserIdentity = group(
  {
    name: 'Identity for User Tokens (Legacy)',
    description:
      'Identity data of the person, for integrations with user tokens (from before December 10, 2025); others use Identity',
  },
  {
    first_name: textField({ name: 'First Name', description: "The person's first name" }),
    last_name: textField({ name: 'Last Name', description: "The person's last name" }),
    phone_numbers: textList({
      name: 'Phone Numbers',
      description: "The person's phone numbers, each with + and country code",
      emptyMeans: 'the person has no phone number',
      placeholder: PHONE_PLACEHOLDER,
    }),
    emails: withFormat(
      textList({
        name: 'Emails',
        description: "The person's email addresses",
        emptyMeans: 'the person has no email address',
      }),
      emailAddress,
    ),
    date_of_birth: dateOfBirth.nullable(),
    primary_address: group(
      { name: 'Primary Address', description: "The person's main address" },
      {
        street: textField({
          name: 'Street',
          description: 'The street address with the apartment',
          placeholder: 'e.g. 564 Main Street, APT 15',
        }),
        city: city.nullable(),
        region: region.nullable(),
        postal_code: postalCode.nullable(),
        country: isoCountry.nullable(),
      },
    ),
    ssn_full: withFormat(
      textField({
        name: 'SSN',
        description:
          'The full Social Security number; only for lenders who share the report with Fannie Mae or Freddie Mac',
        hint: 'In the format 123-45-6789',
        secret: true,
      }),
      fullSsn,
    ).nullish(),
    ssn_last_4: withFormat(
      digits(
        {
          name: 'SSN, Last Four Digits',
          description: 'The last four digits of the Social Security number',
          secret: true,
        },
        4,
      ),
      fourDigits,
    ).nullish(),
  },
);
