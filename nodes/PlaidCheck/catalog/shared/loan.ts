import { choice, group, isoDate, textField } from '../../fields/builders';

/** Plaid's public docs do not cover the loan endpoints; their texts follow SDK 47. */
export const LOAN_DOCUMENTATION = 'https://plaid.com/docs/api/products/check/';

export const loanUserToken = textField({
  name: 'User Token',
  description: 'The user token of the borrower; these endpoints do not accept a user ID',
  placeholder: 'e.g. user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
  secret: true,
});

export const loanId = textField({
  name: 'Loan ID',
  description: 'Your own ID for this loan, used in later reports; must not contain personal data',
  placeholder: 'e.g. loan-2026-00417',
});

export const applicationId = textField({
  name: 'Application ID',
  description: 'Your own ID for this application; must not contain personal data',
  placeholder: 'e.g. application-2026-00398',
});

export const applicationDate = isoDate({
  name: 'Application Date',
  description: 'The date the person applied for the loan',
});

export const loanType = choice(
  { name: 'Loan Type', description: 'The type of the loan' },
  {
    AUTO: 'Auto',
    BUSINESS: 'Business',
    CREDIT_CARD: 'Credit Card',
    HOME_EQUITY: 'Home Equity',
    MORTGAGE: 'Mortgage',
    OTHER: 'Other',
    PAYDAY: 'Payday',
    PERSONAL: 'Personal',
    STUDENT: 'Student',
  },
);

const STATUSES = {
  APPROVED: 'Approved',
  BOOKED: 'Booked',
  CHARGED_OFF: 'Charged Off',
  CURRENT: 'Current',
  DECLINED: 'Declined',
  DEFAULT: 'Default',
  DELINQUENT: 'Delinquent',
  OTHER: 'Other',
  PAID_OFF: 'Paid Off',
  TRANSFERRED: 'Transferred',
} as const;

const statusMembers = (prefix: string, description: string) => ({
  status: choice({ name: `${prefix}Status`, description }, STATUSES),
  date: isoDate({ name: `${prefix}Date`, description: 'The date the status took effect' }),
});

/** A loan status and its start date, as a list entry. */
export const loanStatusMembers = statusMembers('', 'The status of the loan');

/** The same as a required group, whose members the form shows among the loan's own: "Opening" gives "Opening Status". */
export const loanStatus = (name: string, prefix: string, description: string) =>
  group({ name, description }, statusMembers(`${prefix} `, description));
