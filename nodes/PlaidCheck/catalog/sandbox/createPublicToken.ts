import { z } from 'zod/v4';

import { choices, group, httpsUrl, isoDate, textField, wholeNumber } from '../../fields/builders';
import { atMostEntries, notAfter } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';
import { CHECK_PRODUCTS } from '../shared/products';

export const createSandboxPublicToken = endpoint({
  resource: 'sandbox',
  operation: 'createPublicToken',
  name: 'Create Public Token',
  action: 'Create a public token for a test item',
  description:
    "Link a test bank to a user without Link, to create reports from its data; works only in Plaid's Sandbox",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/#sandboxpublic_tokencreate',
  created: {
    what: 'a test bank of this user',
    next: 'Create a report to read it',
  },
  path: '/sandbox/public_token/create',
  // Every call links one more test bank.
  howToVerify:
    'Run User: Get Items: a new Item means that the request succeeded. Sandbox is free, but reports would include a second test bank',
  // Plaid also accepts no user, but Plaid Check could not create a report then.
  identity: ['user_id', 'user_token'],
  rules: [
    atMostEntries(['options', 'income_verification', 'income_source_types'], 1),
    notAfter(['options', 'statements', 'start_date'], ['options', 'statements', 'end_date']),
  ],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    institution_id: textField({
      name: 'Institution ID',
      description: 'The test bank, such as ins_109508 for First Platypus Bank',
      default: 'ins_109508',
    }),
    initial_products: choices(
      {
        name: 'Initial Products',
        description: 'Products to create first; a consumer report requires Base Report',
      },
      CHECK_PRODUCTS,
    ),
    options: group(
      {
        name: 'Public Token Options',
        description: 'The test person, and settings for other products',
      },
      {
        override_username: textField({
          name: 'Test Username',
          description:
            'The test person, or user_custom to describe your own as JSON in Test Password',
          default: 'user_good',
        }).nullish(),
        override_password: textField({
          name: 'Test Password',
          description: 'The password of the test person, or the JSON that describes your own',
          default: 'pass_good',
          format: 'json',
          secret: true,
        }).nullish(),
        webhook: httpsUrl({
          name: 'Webhook URL',
          description: 'The https URL that Plaid notifies of the new Item',
          placeholder: 'e.g. https://example.com/plaid-webhook',
        }).optional(),
        transactions: group(
          { name: 'Transactions', description: 'Settings for the product Transactions' },
          {
            days_requested: wholeNumber(
              {
                name: 'Days Requested',
                description: 'Number of days of transactions to read, up to 730',
                default: 90,
              },
              { min: 1, max: 730 },
            ).optional(),
            start_date: isoDate({
              name: 'Start Date',
              description: 'Has no effect; use Days Requested instead',
              deprecated: true,
            }).optional(),
            end_date: isoDate({
              name: 'End Date',
              description: 'Has no effect; use Days Requested instead',
              deprecated: true,
            }).optional(),
          },
        ).nullish(),
        statements: group(
          { name: 'Statements', description: 'Settings for the product Statements' },
          {
            start_date: isoDate({
              name: 'Start Date',
              description: 'The first date to get statements for',
            }),
            end_date: isoDate({
              name: 'End Date',
              description: 'The last date to get statements for',
            }),
          },
        ).nullish(),
        income_verification: group(
          { name: 'Income Verification', description: 'Settings for the product Income' },
          {
            income_source_types: choices(
              {
                name: 'Income Source Types',
                description: 'The source of the income data; Plaid accepts only one',
              },
              { bank: 'Bank', payroll: 'Payroll' },
            ).optional(),
            bank_income: group(
              { name: 'Bank Income', description: 'Settings for income from bank data' },
              {
                days_requested: wholeNumber({
                  name: 'Days Requested',
                  description: 'Number of days of bank data to read for income',
                }).optional(),
              },
            ).optional(),
          },
        ).optional(),
      },
    ).optional(),
  }),
});
