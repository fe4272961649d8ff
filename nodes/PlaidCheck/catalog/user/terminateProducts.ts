import { z } from 'zod/v4';

import { choice, textField } from '../../fields/builders';
import { endpoint } from '../endpoint';
import { userId } from '../shared/identity';

export const terminateUserProducts = endpoint({
  resource: 'user',
  operation: 'terminateProducts',
  name: 'Terminate Products',
  action: 'Terminate the products of a user',
  description:
    "End all recurring products of a user, such as CRA Servicing, and their billing, but keep the user and the Items; this can't be undone",
  documentationUrl: 'https://plaid.com/docs/api/users/#userproductsterminate',
  path: '/user/products/terminate',
  howToVerify: null,
  identity: ['user_id'],
  request: z.strictObject({
    user_id: userId,
    reason_code: choice(
      { name: 'Reason', description: 'Why the products end' },
      {
        BILLING_TERMINATION: {
          name: 'Billing Ended',
          description: 'Your billing or subscription relationship with the person has ended',
        },
        CONSUMER_ACCOUNT_CLOSED: {
          name: 'Account Closed',
          description: 'The person closed the account with you',
        },
        CONSUMER_CHARGE_OFF: {
          name: 'Charged Off',
          description: "The person's account has been charged off",
        },
        CONSUMER_LOAN_PAID_OFF: {
          name: 'Loan Paid Off',
          description: 'The person has paid off the loan',
        },
        CONSUMER_PAYMENT_METHOD_SWITCHED: {
          name: 'Payment Method Switched',
          description: 'The person switched to another payment method',
        },
        DUPLICATE_ITEM: {
          name: 'Duplicate Item',
          description: 'The person has another active Item for the same account',
        },
        FRAUD_ABUSE: {
          name: 'Fraud: Abuse',
          description: 'The person abuses your service, for example by automation',
        },
        FRAUD_FALSE_IDENTITY: {
          name: 'Fraud: False Identity',
          description: 'The connection was made with a false or stolen identity',
        },
        FRAUD_FIRST_PARTY: {
          name: 'Fraud: First Party',
          description: 'The owner of the account committed fraud under the real identity',
        },
        FRAUD_OTHER: {
          name: 'Fraud: Other',
          description: 'Another kind of fraud; explain it in the note',
        },
        FRAUD_TRANSACTION: {
          name: 'Fraud: Transaction',
          description: 'A single payment was fraud, such as a chargeback or an ACH return',
        },
        OTHER: { name: 'Other', description: 'None of these; explain it in the note' },
        USER_OFFBOARDING: {
          name: 'User Offboarding',
          description: 'The person is leaving your service',
        },
      },
    ),
    reason_note: textField(
      {
        name: 'Reason Note',
        description: 'Details about the reason, without personal data; up to 512 characters',
      },
      { max: 512 },
    ).nullish(),
  }),
});
