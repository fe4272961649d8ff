import { wholeNumber } from '../../fields/builders';

export const MAX_DAYS_REQUESTED = 731;

/** The reports that can be shared with Fannie Mae or Freddie Mac. */
export const GSE_REPORTS = {
  EMPLOYMENT_REFRESH: 'Employment Refresh',
  VOA: 'Verification of Assets (VOA)',
};

/** The reports that verify an applicant for a mortgage. */
export const HOME_LENDING_REPORTS = { ...GSE_REPORTS, INCOME: 'Income' };

/** Settings for the employment refresh report. */
export const employmentRefreshOptions = {
  days_requested: wholeNumber(
    {
      name: 'Days Requested',
      description: 'Number of days of history that the employment refresh covers, up to 731',
      default: 60,
    },
    { min: 1, max: MAX_DAYS_REQUESTED },
  ),
};
