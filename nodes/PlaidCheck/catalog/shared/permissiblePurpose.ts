import { choice } from '../../fields/builders';

export const PERMISSIBLE_PURPOSE = {
  name: 'Permissible Purpose',
  description:
    'The legal reason for requesting this report, required by the Fair Credit Reporting Act (FCRA)',
};

/** Permissible purposes under the FCRA (https://plaid.com/docs/api/products/check/). */
export const PURPOSES = {
  ACCOUNT_REVIEW_CREDIT: {
    name: 'Account Review (Credit)',
    description: 'Review or collect on an existing credit account of the person',
  },
  ACCOUNT_REVIEW_NON_CREDIT: {
    name: 'Account Review (Not Credit)',
    description: 'Check whether the person still meets the terms of a non-credit account',
  },
  ELIGIBILITY_FOR_GOVT_BENEFITS: {
    name: 'Eligibility for Government Benefits',
    description: "Decide on a government benefit that depends on the person's finances",
  },
  EXTENSION_OF_CREDIT: {
    name: 'Extension of Credit',
    description: 'Decide on credit that the person asked for',
  },
  LEGITIMATE_BUSINESS_NEED_OTHER: {
    name: 'Legitimate Business Need (Other)',
    description: 'Decide on another personal transaction that the person started',
  },
  LEGITIMATE_BUSINESS_NEED_TENANT_SCREENING: {
    name: 'Legitimate Business Need (Tenant Screening)',
    description: 'Decide on a home that the person asked to rent',
  },
  WRITTEN_INSTRUCTION_OTHER: {
    name: 'Written Instruction (Other)',
    description: 'Another use that the person agreed to in writing, such as a guarantee',
  },
  WRITTEN_INSTRUCTION_PREQUALIFICATION: {
    name: 'Written Instruction (Prequalification)',
    description: 'Prepare an offer with the written consent of the person',
  },
};

export const permissiblePurpose = choice(PERMISSIBLE_PURPOSE, PURPOSES);

/** Permissible purposes for servicing a loan. */
export const SERVICING_PURPOSES = {
  ACCOUNT_REVIEW_CREDIT: PURPOSES.ACCOUNT_REVIEW_CREDIT,
  WRITTEN_INSTRUCTION_OTHER: PURPOSES.WRITTEN_INSTRUCTION_OTHER,
};
