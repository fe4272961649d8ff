import { z } from 'zod/v4';

import { choices, group, httpsUrl, isoDate, textField, wholeNumber } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId, userToken } from '../shared/identity';
import { CHECK_PRODUCTS } from '../shared/products';

export const createSandboxPublicToken = endpoint({
  resource: 'sandbox',
  operation: 'createPublicToken',
  name: 'Create Public Token',
  action: 'Create a public token for a test item',
  description:
    "Link a test bank to a user without Link, so that a report can be made of its data; works in Plaid's Sandbox alone",
  documentationUrl: 'https://plaid.com/docs/api/sandbox/#sandboxpublic_tokencreate',
  path: '/sandbox/public_token/create',
  // Every call links one more test bank.
  howToVerify:
    'Look with User: Get Items: one Item more means that it did. Nothing is billed in Sandbox, but reports show a second test bank too',
  // Plaid takes a test bank without a user too, of which Plaid Check could make no report.
  identity: ['user_id', 'user_token'],
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
        description: 'What to read at first; a consumer report needs Base Report',
      },
      CHECK_PRODUCTS,
    ),
    options: group(
      { name: 'Options', description: 'The test person, and settings for other products' },
      {
        override_username: textField({
          name: 'Test Username',
          description:
            'The test person whose data the bank has, or user_custom for one that you describe as JSON in Test Password',
          default: 'user_good',
        }).nullish(),
        override_password: textField({
          name: 'Test Password',
          description: 'The password of the test person, or the description of your own as JSON',
          default: 'pass_good',
          secret: true,
        }).nullish(),
        webhook: httpsUrl({
          name: 'Webhook URL',
          description: 'The https address that Plaid tells about the new Item',
          placeholder: 'e.g. https://example.com/plaid-webhook',
        }).optional(),
        transactions: group(
          { name: 'Transactions', description: 'Settings for the product Transactions' },
          {
            days_requested: wholeNumber(
              {
                name: 'Days Requested',
                description: 'How many days of transactions to read, 730 at most',
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
              description: 'The day from which to get statements',
            }),
            end_date: isoDate({
              name: 'End Date',
              description: 'The day up to which to get statements',
            }),
          },
        ).nullish(),
        income_verification: group(
          { name: 'Income Verification', description: 'Settings for the product Income' },
          {
            income_source_types: choices(
              {
                name: 'Income Source Types',
                description: 'Where income data may come from; choose one, as Plaid takes no more',
              },
              { bank: 'Bank', payroll: 'Payroll' },
            ).optional(),
            bank_income: group(
              { name: 'Bank Income', description: 'Settings for income that a bank account shows' },
              {
                days_requested: wholeNumber({
                  name: 'Days Requested',
                  description: 'How many days of bank data to read for the income',
                }).optional(),
              },
            ).optional(),
          },
        ).optional(),
      },
    ).optional(),
  }),
});
