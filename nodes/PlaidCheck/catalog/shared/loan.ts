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

const status = choice(
  { name: 'Status', description: 'The status of the loan' },
  {
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
  },
);

/** A loan status and its start date, alone or as a list entry. */
export const loanStatusMembers = {
  status,
  date: isoDate({ name: 'Date', description: 'The date the status took effect' }),
};

export const loanStatus = (name: string, description: string) =>
  group({ name, description }, loanStatusMembers);
