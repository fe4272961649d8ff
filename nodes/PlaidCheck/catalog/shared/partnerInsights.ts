import {
  choice,
  choiceOrNull,
  choices,
  group,
  groupList,
  NULL_VALUE,
  textField,
  textList,
  toggle,
  wholeNumber,
} from '../../fields/builders';
const VERSION_4_1 = 'Version 4.1';
const VERSION_4 = 'Version 4';
const VERSION_3 = 'Version 3';

const prismVersionMembers = {
  cashscore: choiceOrNull(
    {
      name: 'CashScore',
      description: 'The version of Prism CashScore; version 3 if omitted',
    },
    { '4.1': VERSION_4_1, '4': VERSION_4, '3': VERSION_3, '3_lite': 'Version 3 Lite' },
    NULL_VALUE,
  ).optional(),
  detect: choiceOrNull(
    { name: 'Detect', description: 'The version of Prism Detect' },
    { '4.1': VERSION_4_1, '4': VERSION_4 },
    NULL_VALUE,
  ).optional(),
  extend: choiceOrNull(
    { name: 'Extend', description: 'The version of Prism Extend' },
    { '4.1': VERSION_4_1, '4': VERSION_4 },
    NULL_VALUE,
  ).optional(),
  firstdetect: choiceOrNull(
    {
      name: 'FirstDetect',
      description: 'The version of Prism FirstDetect; version 3 if omitted',
    },
    { '3': VERSION_3 },
    NULL_VALUE,
  ).optional(),
  insights: choiceOrNull(
    {
      name: 'Insights',
      description: 'The version of Prism Insights; version 3 if omitted',
    },
    { '4.1': VERSION_4_1, '4': VERSION_4, '3': VERSION_3 },
    NULL_VALUE,
  ).optional(),
};

export const prismVersions = group(
  { name: 'Prism Versions', description: 'The versions of Prism products to evaluate' },
  prismVersionMembers,
);

/** The older location of the same field. */
export const olderPrismVersions = group(
  {
    name: 'Prism Versions',
    description:
      'The versions of Prism products to evaluate; use the versions under Partner Insights instead',
    deprecated: true,
  },
  prismVersionMembers,
);

/** The reference page lists this field; SDK 47 no longer does. */
export const prismProducts = choices(
  {
    name: 'Prism Products',
    description: 'The Prism Data products to return; all if empty',
    deprecated: true,
  },
  { insights: 'Insights', scores: 'Scores' },
);

const reasonCode = (ordinal: string) =>
  textField({
    name: `Base FICO Score Reason Code ${ordinal}`,
    description: 'Use the list of reason codes instead',
    deprecated: true,
  });

const baseFicoScore = group(
  {
    name: 'Base FICO Score',
    description: 'The credit bureau score that UltraFICO is based on',
  },
  {
    bureau: choice(
      {
        name: 'Base FICO Score Bureau',
        description: 'The credit bureau that issued the base FICO score',
      },
      { EQUIFAX: 'Equifax', EXPERIAN: 'Experian', TRANSUNION: 'TransUnion' },
    ),
    score: wholeNumber({
      name: 'Base FICO Score',
      description: 'The credit bureau score that the UltraFICO score is based on',
      placeholder: 'e.g. 700',
    }),
    base_fico_score_version: choice(
      {
        name: 'Base FICO Score Version',
        description: 'The model version of the base FICO score',
      },
      {
        '8': 'FICO Score 8',
        '9': 'FICO Score 9',
        '10': 'FICO Score 10',
        '10T': 'FICO Score 10 T',
      },
    ),
    reason_codes: textList(
      {
        name: 'Base FICO Score Reason Codes',
        description: 'Up to four reason codes of the base FICO score, most important first',
        placeholder: 'e.g. 14',
      },
      { max: 4 },
    ).optional(),
    reason_code_1: reasonCode('1').nullish(),
    reason_code_2: reasonCode('2').nullish(),
    reason_code_3: reasonCode('3').nullish(),
    reason_code_4: reasonCode('4').nullish(),
    did_inquiries_adversely_affect_score: toggle({
      name: 'Inquiries Lowered the Base FICO Score',
      description:
        'Whether inquiries lowered the base FICO score without being one of its reason codes, also known as the FACTA flag',
    }).nullish(),
  },
);

/** Settings for FICO products. */
export const fico = group(
  { name: 'FICO', description: 'Settings for UltraFICO scores' },
  {
    fico_lender_id: textField({
      name: 'FICO Lender ID',
      description: 'The ID that FICO assigned to your company, also known as Lender Org ID',
    }),
    lender_application_id: textField({
      name: 'Lender Application ID',
      description: "Your own ID for this application, the same across FICO's systems",
    }),
    ultrafico_score_requests: groupList(
      {
        name: 'UltraFICO Score Requests',
        description: 'One entry per UltraFICO score, with its base FICO score',
      },
      {
        // First, as its bureau tells the entries apart.
        base_fico_score: baseFicoScore,
        ultrafico_score_version: choice(
          { name: 'UltraFICO Score Version', description: 'The version of the UltraFICO score' },
          { '1.0': 'Version 1.0' },
        ),
        fico_scoring_request_id: textField({
          name: 'FICO Scoring Request ID',
          description: 'The ID that FICO assigned to this scoring request; only for FICO-led flows',
        }).optional(),
        request_correlation_id: textField({
          name: 'Request Correlation ID',
          description: 'Your own ID to match the result of this scoring request',
        }).optional(),
      },
    ),
  },
);

/**
 * Where the scores are asked for. The text is that of both the creation and the read, so that they share one form; the date is
 * from SDK 47, CraCheckReportPartnerInsightsGetPartnerInsights.
 */
export const PARTNER_INSIGHTS = {
  name: 'Partner Insights',
  description:
    'Settings for scores and insights from FICO and Prism Data; Plaid customers since July 2026 set them when they create the report',
};
