import { digits, group, groupList, textField, textList, toggle } from '../../fields/builders';
import { idNumberMembers } from './idNumber';
import { city, country, dateOfBirth, familyName, givenName, postalCode, region } from './person';

const PHONE_PLACEHOLDER = 'e.g. +14157452130';

// The first entry is mostly the only one, and a consumer report needs a primary one.
const primary = (what: string) =>
  toggle({
    name: 'Primary',
    description: `Whether this is the person's main ${what}; a consumer report needs one that is`,
    default: true,
  });

/** Who a user is, as integrations since December 10, 2025 say it (https://plaid.com/docs/api/users/#usercreate). */
export const userIdentity = group(
  {
    name: 'Identity',
    description:
      'Who the person is; for a consumer report, Plaid needs the name, the date of birth, and an email, a phone number and a US address that are primary',
  },
  {
    name: group(
      { name: 'Name', description: "The person's name" },
      { given_name: givenName, family_name: familyName },
    ).nullish(),
    date_of_birth: dateOfBirth.nullish(),
    emails: groupList(
      { name: 'Emails', description: "The person's email addresses" },
      {
        data: textField({
          name: 'Email',
          description: 'The email address',
          placeholder: 'e.g. name@example.com',
        }),
        primary: primary('email address'),
      },
    ).optional(),
    phone_numbers: groupList(
      { name: 'Phone Numbers', description: "The person's phone numbers" },
      {
        data: textField({
          name: 'Phone Number',
          description: 'The number with a plus and the country code; it has to be a possible one',
          placeholder: PHONE_PLACEHOLDER,
        }),
        primary: primary('phone number'),
      },
    ).optional(),
    addresses: groupList(
      { name: 'Addresses', description: "The person's postal addresses" },
      {
        country,
        primary: primary('address'),
        street_1: textField({
          name: 'Street',
          description: 'The first line of the street address',
          placeholder: 'e.g. 3200 W Armitage Ave',
        }).nullish(),
        street_2: textField({
          name: 'Street, Second Line',
          description: 'The second line of the street address, such as the apartment',
        }).nullish(),
        city: city.nullish(),
        region: region.nullish(),
        postal_code: postalCode.nullish(),
      },
    ).optional(),
    id_numbers: groupList(
      {
        name: 'ID Numbers',
        description:
          'Numbers that identify the person; Plaid strongly recommends the last four digits of the SSN, and needs all of it for reports to Fannie Mae or Freddie Mac',
      },
      idNumberMembers,
    ).optional(),
  },
);

/** Who a user is, as integrations with user tokens say it. */
export const consumerReportUserIdentity = group(
  {
    name: 'Consumer Report User Identity',
    description:
      'Who the person is, for integrations from before December 10, 2025, which work with user tokens; all others use Identity',
  },
  {
    first_name: textField({ name: 'First Name', description: "The person's first name" }),
    last_name: textField({ name: 'Last Name', description: "The person's last name" }),
    phone_numbers: textList({
      name: 'Phone Numbers',
      description: "The person's phone numbers, each with a plus and the country code",
      placeholder: PHONE_PLACEHOLDER,
    }),
    emails: textList({ name: 'Emails', description: "The person's email addresses" }),
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
        country: country.nullable(),
      },
    ),
    ssn_full: textField({
      name: 'SSN',
      description:
        'The whole Social Security number; only for lenders who share the report with Fannie Mae or Freddie Mac',
      hint: 'Three, two and four digits with hyphens between them',
      secret: true,
    }).nullish(),
    ssn_last_4: digits(
      {
        name: 'SSN, Last Four Digits',
        description: 'The last four digits of the Social Security number',
        secret: true,
      },
      4,
    ).nullish(),
  },
);
