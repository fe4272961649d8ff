import { choice, group, isoDate, textField } from '../../fields/builders';

/** Plaid's public pages do not describe the loan endpoints; what is said here is from SDK 47. */
export const LOAN_DOCUMENTATION = 'https://plaid.com/docs/api/products/check/';

export const loanUserToken = textField({
  name: 'User Token',
  description: 'The user token of the borrower; these calls take no user ID',
  placeholder: 'e.g. user-sandbox-b0e2c4ee-a763-4df5-bfe9-46a46bce993d',
  secret: true,
});

export const loanId = textField({
  name: 'Loan ID',
  description:
    'Your own ID of this loan, by which you report on it later; no email address, phone number or other personal data',
  placeholder: 'e.g. loan-2026-00417',
});

export const applicationId = textField({
  name: 'Application ID',
  description:
    'Your own ID of this application; no email address, phone number or other personal data',
  placeholder: 'e.g. application-2026-00398',
});

export const applicationDate = isoDate({
  name: 'Application Date',
  description: 'The day on which the person applied for the loan',
});

export const loanType = choice(
  { name: 'Loan Type', description: 'What kind of loan it is' },
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
  { name: 'Status', description: 'The state the loan came into' },
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

/** A state of a loan and the day it began, on its own or as an entry of a list. */
export const loanStatusMembers = {
  status,
  date: isoDate({ name: 'Date', description: 'The day from which the status holds' }),
};

export const loanStatus = (name: string, description: string) =>
  group({ name, description }, loanStatusMembers);
