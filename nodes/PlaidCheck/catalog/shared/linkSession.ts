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
      'Let Plaid host the page and return its URL as hosted_link_url; add it even if you leave its fields empty',
  },
  {
    completion_redirect_uri: textField({
      name: 'Completion Redirect URI',
      description: 'Where the person goes after finishing Hosted Link',
      placeholder: 'e.g. https://example.com/thank-you',
    }).optional(),
    delivery_method: choice(
      {
        name: 'Delivery Method',
        description:
          'How Plaid sends the link to the person, if your account is enabled for it; not in Sandbox',
      },
      {
        email: { name: 'Email', description: 'To the email address under User' },
        sms: { name: 'SMS', description: 'To the phone number under User' },
      },
    ).optional(),
    is_mobile_app: toggle({
      name: 'Is Mobile App',
      description: 'Whether a mobile app opens the page in a separate window',
    }).optional(),
    url_lifetime_seconds: wholeNumber(
      {
        name: 'URL Lifetime (Seconds)',
        description:
          'How long the link is valid, up to 21 days; by default 7 days by email, 1 day by SMS, otherwise 30 minutes',
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
    description: 'Let the person repair or extend existing Items instead of linking a new bank',
  },
  {
    user: toggle({
      name: 'Update User',
      description: 'Whether to open Link in update mode for the user of this request',
    }).optional(),
    item_ids: knownIds('items', {
      name: 'Item IDs',
      description: "The user's Items to update; the one that failed last if omitted",
    }).nullish(),
    account_selection_enabled: toggle({
      name: 'Account Selection Enabled',
      description:
        'Whether the person can change the selected accounts, even at banks without OAuth',
    }).optional(),
    reauthorization_enabled: toggle({
      name: 'Reauthorization Enabled',
      description: 'Whether the person has to consent again; currently not used by Plaid',
    }).optional(),
  },
);

export const countryCodes = choices(
  {
    name: 'Country Codes',
    description: 'The countries whose banks to show; consumer reports are available only in the US',
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
