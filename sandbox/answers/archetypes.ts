/** What one payer pays; amounts in USD. */
export interface Income {
  /** Pay of one payday. */
  readonly pay: number;
  /** How much one payday's pay may differ from another's, as a share of `pay`. */
  readonly payVariation: number;
  /** Days between paydays. */
  readonly payEveryDays: number;
  readonly payer: string;
  readonly incomeCategory: 'SALARY' | 'GIG_ECONOMY' | 'RENTAL' | 'RETIREMENT';
}

/** What tells one applicant's finances from another's; amounts in USD. Its own income is the first. */
export interface Archetype extends Income {
  /** Further incomes, on the same account. */
  readonly otherIncome?: readonly Income[];
  /** Balance of the checking account today. */
  readonly checking: number;
  /** Balance of the savings account today; null: there is none. */
  readonly savings: number | null;
  /** Rent or mortgage, due on the 1st. */
  readonly housing: number;
  /** Loan payments, each due once a month. */
  readonly loans: readonly { readonly lender: string; readonly amount: number }[];
  /** Average spending of a day beside housing, loans and utilities. */
  readonly dailySpending: number;
  /** Moved from checking to savings on the 3rd of each month. */
  readonly savedPerMonth: number;
  /** Fees for insufficient funds in a year. */
  readonly nsfFeesPerYear: number;
  /** How good a risk the applicant is: 0 (poor) to 1 (excellent); every score follows from it. */
  readonly strength: number;
}

export const ARCHETYPES = {
  salaried_saver: {
    pay: 3480,
    payVariation: 0,
    payEveryDays: 14,
    payer: 'Meridian Health Systems',
    incomeCategory: 'SALARY',
    checking: 9240.18,
    savings: 41875.5,
    housing: 2650,
    loans: [{ lender: 'Toyota Financial Services', amount: 389.4 }],
    dailySpending: 105,
    savedPerMonth: 1150,
    nsfFeesPerYear: 0,
    strength: 0.92,
  },
  gig_worker: {
    pay: 640,
    payVariation: 0.45,
    payEveryDays: 7,
    payer: 'DoorDash',
    incomeCategory: 'GIG_ECONOMY',
    checking: 1315.07,
    savings: 480.22,
    housing: 1050,
    loans: [{ lender: 'Santander Consumer', amount: 297.15 }],
    dailySpending: 42,
    savedPerMonth: 0,
    nsfFeesPerYear: 3,
    strength: 0.48,
  },
  recent_graduate: {
    pay: 1920,
    payVariation: 0.02,
    payEveryDays: 14,
    payer: 'Brightleaf Software',
    incomeCategory: 'SALARY',
    checking: 3720.64,
    savings: 2650,
    housing: 1240,
    loans: [
      { lender: 'Nelnet Student Loans', amount: 318.72 },
      { lender: 'Mohela', amount: 146.1 },
    ],
    dailySpending: 73,
    savedPerMonth: 100,
    nsfFeesPerYear: 1,
    strength: 0.66,
  },
  retiree: {
    pay: 2875,
    payVariation: 0,
    payEveryDays: 28,
    payer: 'US Treasury Social Security',
    incomeCategory: 'RETIREMENT',
    checking: 8402.9,
    savings: 88310.44,
    housing: 640,
    loans: [],
    dailySpending: 46,
    savedPerMonth: 900,
    nsfFeesPerYear: 0,
    strength: 0.84,
  },
  stretched_renter: {
    pay: 1385,
    payVariation: 0.08,
    payEveryDays: 14,
    payer: 'Lakeside Logistics',
    incomeCategory: 'SALARY',
    checking: 212.35,
    savings: null,
    housing: 1480,
    loans: [
      { lender: 'OneMain Financial', amount: 264.9 },
      { lender: 'Affirm', amount: 88.25 },
      { lender: 'Capital One Auto Finance', amount: 412.6 },
    ],
    dailySpending: 29,
    savedPerMonth: 0,
    nsfFeesPerYear: 14,
    strength: 0.21,
  },
} as const satisfies Record<string, Archetype>;

/** The finances of Plaid's own test logins, by what Plaid says of each (https://plaid.com/docs/sandbox/test-credentials/). */
export const LOGIN_ARCHETYPES = {
  salary_and_rent: {
    ...ARCHETYPES.salaried_saver,
    otherIncome: [
      {
        pay: 1450,
        payVariation: 0,
        payEveryDays: 28,
        payer: 'Harbor Property Management',
        incomeCategory: 'RENTAL',
      },
    ],
  },
  several_gigs: {
    ...ARCHETYPES.gig_worker,
    pay: 420,
    otherIncome: [
      {
        pay: 310,
        payVariation: 0.4,
        payEveryDays: 7,
        payer: 'Uber',
        incomeCategory: 'GIG_ECONOMY',
      },
      {
        pay: 480,
        payVariation: 0.3,
        payEveryDays: 14,
        payer: 'Upwork',
        incomeCategory: 'GIG_ECONOMY',
      },
    ],
    housing: 1650,
    dailySpending: 70,
    nsfFeesPerYear: 0,
    strength: 0.66,
  },
  spends_more_than_income: {
    ...ARCHETYPES.stretched_renter,
    pay: 410,
    payVariation: 0.9,
    payer: 'Taskrabbit',
    incomeCategory: 'GIG_ECONOMY',
    otherIncome: [
      {
        pay: 260,
        payVariation: 0.9,
        payEveryDays: 28,
        payer: 'Instacart',
        incomeCategory: 'GIG_ECONOMY',
      },
    ],
  },
  many_incomes: {
    ...ARCHETYPES.recent_graduate,
    otherIncome: [
      {
        pay: 210,
        payVariation: 0.4,
        payEveryDays: 7,
        payer: 'DoorDash',
        incomeCategory: 'GIG_ECONOMY',
      },
      {
        pay: 950,
        payVariation: 0,
        payEveryDays: 28,
        payer: 'Harbor Property Management',
        incomeCategory: 'RENTAL',
      },
      {
        pay: 640,
        payVariation: 0,
        payEveryDays: 28,
        payer: 'State Pension Fund',
        incomeCategory: 'RETIREMENT',
      },
    ],
  },
} as const satisfies Record<string, Archetype>;

export type ArchetypeName = keyof typeof ARCHETYPES | keyof typeof LOGIN_ARCHETYPES;

export const archetypeOf = (name: ArchetypeName): Archetype =>
  ({ ...ARCHETYPES, ...LOGIN_ARCHETYPES })[name];

/** All of an archetype's incomes. */
export const incomesOf = (archetype: Archetype): readonly [Income, ...Income[]] => [
  archetype,
  ...(archetype.otherIncome ?? []),
];
