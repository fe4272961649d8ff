import { z } from 'zod/v4';

import {
  choiceOrNull,
  choices,
  group,
  httpsUrl,
  NULL_VALUE,
  textField,
  toggle,
  wholeNumber,
} from '../../fields/builders';
import { withFormat } from '../../fields/formats';
import { atMostOne, disjoint, needsOneOf, requiredWith, requiredWhen } from '../../fields/rules';
import { endpoint } from '../endpoint';
import { accountFilters } from '../shared/accountFilters';
import {
  baseReport,
  clientReportIdField,
  daysRequestedField,
  daysRequired,
  includeInvestments,
  incomeInsights,
  lendScore,
  networkInsights,
  reportSettingsRules,
} from '../shared/reportSettings';
import { redirectUri } from '../shared/formats';
import { ACTIVITY_LOG } from '../shared/howToVerify';
import { thirdPartyUserToken, userId, userToken } from '../shared/identity';
import { cashflowAttributesVersion } from '../shared/insightVersions';
import { countryCodes, hostedLink, language, linkUpdate } from '../shared/linkSession';
import { linkUser } from '../shared/linkUser';
import { decisionStage, newReportRules, newReportSettings } from '../shared/newReport';
import { fico, prismVersions } from '../shared/partnerInsights';
import { permissiblePurpose } from '../shared/permissiblePurpose';
import { baseReportAmongProducts, CHECK_PRODUCTS, purposeWithProducts } from '../shared/products';
import { productsToCreate } from '../shared/reportProducts';

/** As Check Report: Create requires the purpose. */
const purposeWithReport = requiredWith(
  'consumer_report_permissible_purpose',
  'cra_report_parameter',
);

const needsProducts = (name: string) => requiredWith('products', name);

const productList = (name: string, description: string) =>
  choices({ name, description }, CHECK_PRODUCTS);

const olderDaysRequested = wholeNumber(
  { name: 'Days Requested', description: 'Number of days of bank history to read, up to 730' },
  { min: 1, max: 730 },
);

/** As Check Report: Create, for the report that Plaid makes when the session ends. */
const craReportParameter = group(
  {
    name: 'CRA Report Parameter',
    description:
      "The report of Plaid's current API to create when the session ends, to read with Check Report: Get; for the legacy API, use CRA Options",
  },
  {
    products: productsToCreate,
    decision_stage: decisionStage,
    ...newReportSettings,
  },
);

const craOptions = group(
  {
    name: 'CRA Options',
    description:
      'Settings for a report of the legacy API; required for such a report, with Days Requested',
  },
  {
    days_requested: daysRequestedField,
    days_required: daysRequired.optional(),
    client_report_id: clientReportIdField.nullish(),
    include_investments: includeInvestments.nullish(),
    base_report: baseReport.optional(),
    cashflow_insights: group(
      { name: 'Cashflow Insights', description: 'Settings for cashflow insights' },
      { attributes_version: cashflowAttributesVersion.nullish() },
    ).optional(),
    income_insights: incomeInsights.optional(),
    lend_score: lendScore.optional(),
    network_insights: networkInsights.optional(),
    partner_insights: group(
      {
        name: 'Partner Insights',
        description: 'Settings for scores and insights from FICO and Prism Data',
      },
      { fico: fico.nullish(), prism_versions: prismVersions.nullish() },
    ).optional(),
  },
);

export const createLinkToken = endpoint({
  resource: 'linkToken',
  operation: 'create',
  name: 'Create',
  action: 'Create a hosted Link session',
  description:
    'Create a Link session, where a person links a bank; for a consumer report add Products with Base Report, Permissible Purpose, CRA Options, Webhook URL and Hosted Link',
  documentationUrl: 'https://plaid.com/docs/api/link/#linktokencreate',
  created: {
    what: 'a link token',
    next: 'Give the person hosted_link_url or, if there is none, the application link_token. A report needs a bank account that the person has connected with it',
  },
  path: '/link/token/create',
  // Every call opens a session, and messages the person if Plaid delivers the link.
  howToVerify: `If Plaid delivers the link by SMS or email, check ${ACTIVITY_LOG} first, because Plaid bills each delivery. Otherwise retry: an unused link token does nothing and expires`,
  // A report always needs a user; with a user ID, the object "user" is optional
  // (https://plaid.com/docs/api/users/migrate-to-new-user-apis/#update-link-token-creation).
  identity: ['user_id', 'user_token', 'third_party_user_token'],
  billing: 'link',
  asksFor: {
    request: 'hosted_link',
    response: 'hosted_link_url',
    hintIfMissing:
      'The link token is valid, but Plaid returned no hosted_link_url: your account is not enabled for Hosted Link. Ask Plaid to enable it (https://plaid.com/docs/link/hosted-link/), or open Link with the link_token on a page of your own',
  },
  rules: [
    requiredWith('user', 'user_token'),
    requiredWith('user', 'third_party_user_token'),
    baseReportAmongProducts,
    purposeWithProducts,
    ...reportSettingsRules(['cra_options']),
    purposeWithReport,
    ...newReportRules(['cra_report_parameter']),
    requiredWhen(['user', 'phone_number'], {
      field: ['hosted_link', 'delivery_method'],
      contains: 'sms',
    }),
    requiredWhen(['user', 'email_address'], {
      field: ['hosted_link', 'delivery_method'],
      contains: 'email',
    }),
    requiredWhen(['account_filters', 'depository', 'limited_purpose_types'], {
      field: ['account_filters', 'depository', 'account_subtypes'],
      contains: 'limited purpose checking',
    }),
    atMostOne(['redirect_uri', 'android_package_name']),
    needsOneOf(['update', 'user'], ['user_id', 'user_token']),
    needsOneOf(['update', 'item_ids'], ['user_id', 'user_token']),
    disjoint([
      'products',
      'required_if_supported_products',
      'optional_products',
      'additional_consented_products',
    ]),
    needsProducts('required_if_supported_products'),
    needsProducts('optional_products'),
  ],
  request: z.strictObject({
    user_id: userId.optional(),
    user_token: userToken.optional(),
    third_party_user_token: thirdPartyUserToken.optional(),
    client_name: textField(
      {
        name: 'Client Name',
        description: 'Your company name, as shown in Link; up to 30 characters',
      },
      { max: 30 },
    ),
    language,
    country_codes: countryCodes,
    user: linkUser.optional(),
    products: productList(
      'Products',
      'Products to create after the person links a bank; must include Base Report',
    ).nullish(),
    consumer_report_permissible_purpose: permissiblePurpose.optional(),
    cra_options: craOptions.optional(),
    cra_report_parameter: craReportParameter.optional(),
    webhook: httpsUrl({
      name: 'Webhook URL',
      description:
        'The https URL that Plaid notifies when the session ends and when the report is ready',
      placeholder: 'e.g. https://example.com/plaid-webhook',
    }).optional(),
    hosted_link: hostedLink.optional(),
    redirect_uri: withFormat(
      textField({
        name: 'Redirect URI',
        description:
          'Where the person returns from a bank that uses its own sign-in page; must be allowed in the Plaid Dashboard',
        placeholder: 'e.g. https://example.com/link-done',
      }),
      redirectUri,
    ).optional(),
    android_package_name: textField({
      name: 'Android Package Name',
      description: 'The package name of your Android app if it opens Link; replaces Redirect URI',
    }).optional(),
    link_customization_name: textField({
      name: 'Link Customization Name',
      description: 'The Link customization to use, from the Plaid Dashboard',
    }).optional(),
    appearance_mode: choiceOrNull(
      { name: 'Appearance Mode', description: 'Whether Link is light or dark; in closed beta' },
      { DARK: 'Dark', LIGHT: 'Light', SYSTEM: 'System' },
      NULL_VALUE,
    ).optional(),
    required_if_supported_products: productList(
      'Required If Supported Products',
      'Products to create only if the bank and the account support them',
    ).nullish(),
    optional_products: productList(
      'Optional Products',
      'Products to create if possible; Link continues without them',
    ).nullish(),
    additional_consented_products: productList(
      'Additional Consented Products',
      'Products to request consent for now and use later',
    ).nullish(),
    enable_multi_item_link: toggle({
      name: 'Enable Multi-Item Link',
      description: 'Whether the person can link several banks in one session',
    }).optional(),
    update: linkUpdate.optional(),
    access_token: textField({
      name: 'Access Token',
      description: 'The access token of an Item to update, or to add a consumer report to',
      secret: true,
    }).nullish(),
    account_filters: accountFilters.optional(),
    institution_id: textField({
      name: 'Institution ID',
      description: 'The bank to open Link with; only for some older integrations',
    }).optional(),
    institution_data: group(
      { name: 'Institution Data', description: 'Which bank to show first' },
      {
        routing_number: textField({
          name: 'Routing Number',
          description: 'The routing number of the bank to show first',
        }).optional(),
      },
    ).optional(),
    cra_enabled: toggle({
      name: 'CRA Enabled',
      description: 'Whether to request a connection for consumer reports',
    }).optional(),
    base_report: group(
      {
        name: 'Base Report',
        description: 'Older settings for the base report; use CRA Options instead',
        deprecated: true,
      },
      { days_requested: olderDaysRequested, client_report_id: clientReportIdField.nullish() },
    ).optional(),
    credit_partner_insights: group(
      {
        name: 'Credit Partner Insights',
        description: 'Settings for the older partner insights; new integrations use CRA Options',
      },
      { days_requested: olderDaysRequested.optional() },
    ).optional(),
  }),
});
