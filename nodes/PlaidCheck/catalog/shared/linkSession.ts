import {
  choice,
  choices,
  group,
  knownIds,
  textField,
  toggle,
  wholeNumber,
} from '../../fields/builders';

const MAX_LIFETIME_SECONDS = 21 * 24 * 60 * 60;

/** https://plaid.com/docs/link/hosted-link/ */
export const hostedLink = group(
  {
    name: 'Hosted Link',
    description:
      'Have Plaid host the page, and get its address as hosted_link_url to send to the person; add it even if you set nothing in it',
  },
  {
    completion_redirect_uri: textField({
      name: 'Completion Redirect URI',
      description: 'Where the person goes from the hosted page when done',
      placeholder: 'e.g. https://example.com/thank-you',
    }).optional(),
    delivery_method: choice(
      {
        name: 'Delivery Method',
        description:
          'How Plaid sends the page to the person, if your account is enabled for it; not in the Sandbox',
      },
      {
        email: { name: 'Email', description: 'To the email address under User' },
        sms: { name: 'SMS', description: 'To the phone number under User' },
      },
    ).optional(),
    is_mobile_app: toggle({
      name: 'Is Mobile App',
      description: 'Whether a mobile app opens the page in a window of its own',
    }).optional(),
    url_lifetime_seconds: wholeNumber(
      {
        name: 'URL Lifetime (Seconds)',
        description:
          'How long the page can be opened, 21 days at most; without it 7 days by email, 1 day by SMS and 30 minutes else',
        placeholder: 'e.g. 86400',
      },
      { min: 1, max: MAX_LIFETIME_SECONDS },
    ).optional(),
  },
);

/** https://plaid.com/docs/link/update-mode/ */
export const linkUpdate = group(
  {
    name: 'Update Mode',
    description: 'Have the person repair or extend Items there are, instead of linking a bank anew',
  },
  {
    user: toggle({
      name: 'Update User',
      description: 'Whether to open Link in update mode for the user of this request',
    }).optional(),
    item_ids: knownIds('items', {
      name: 'Item IDs',
      description: "The user's Items to update; the one that failed last if you leave it out",
    }).nullish(),
    account_selection_enabled: toggle({
      name: 'Account Selection Enabled',
      description: 'Whether the person can choose accounts anew, also at banks without OAuth',
    }).optional(),
    reauthorization_enabled: toggle({
      name: 'Reauthorization Enabled',
      description: 'Whether the person has to consent again; Plaid does not use this at present',
    }).optional(),
  },
);

export const countryCodes = choices(
  {
    name: 'Country Codes',
    description: 'The countries whose banks are shown; consumer reports are for the US alone',
  },
  {
    US: 'United States',
    AT: 'Austria',
    BE: 'Belgium',
    CA: 'Canada',
    DE: 'Germany',
    DK: 'Denmark',
    EE: 'Estonia',
    ES: 'Spain',
    FI: 'Finland',
    FR: 'France',
    GB: 'United Kingdom',
    IE: 'Ireland',
    IT: 'Italy',
    LT: 'Lithuania',
    LV: 'Latvia',
    NL: 'Netherlands',
    NO: 'Norway',
    PL: 'Poland',
    PT: 'Portugal',
    SE: 'Sweden',
  },
);
