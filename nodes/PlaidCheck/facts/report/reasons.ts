import type { JsonObject } from 'n8n-workflow';

import type { Reader } from '../read';
import { fact, type Fact, type ReasonTexts, type Scorer } from '../summary';

/**
 * What the reason codes of LendScore mean, as in the report view of Plaid's sample application
 * https://github.com/plaid/credit-quickstart, which does not name the version of the model that they are of.
 */
const LEND_SCORE_REASONS: Readonly<Record<string, string>> = {
  PCS0201: 'Low account balance',
  PCS0202: 'Unstable account balance',
  PCS0203: 'Many bank penalties',
  PCS0204: 'Number of buy-now-pay-later loans varies a lot',
  PCS0205: 'Too many buy-now-pay-later loans',
  PCS0206: 'Number of cash advances varies a lot',
  PCS0207: 'Too many cash advances',
  PCS0208: 'High reliance on cash',
  PCS0209: 'Unstable reliance on cash',
  PCS0210: 'Too few connected accounts',
  PCS0211: 'Many connections to lending apps',
  PCS0212: 'Little available credit',
  PCS0213: 'Little use of credit cards',
  PCS0214: 'Unstable credit card payments',
  PCS0215: 'Low credit card payments',
  PCS0216: 'High credit utilization',
  PCS0217: 'Unstable use of credit cards',
  PCS0218: 'Low spending on essentials (groceries, rent, utilities)',
  PCS0219: 'High expenses against income or savings',
  PCS0220: 'Low income',
  PCS0221: 'Income varies a lot',
  PCS0222: 'Low amount of large purchases',
  PCS0223: 'High spending on leisure and lifestyle',
  PCS0224: 'Amount of new loans varies a lot',
  PCS0225: 'Too many loans',
  PCS0226: 'Long-term loan payments vary a lot',
  PCS0227: 'Low payments to long-term loans',
  PCS0228: 'Few income sources',
  PCS0229: 'Personal loan payments vary a lot',
  PCS0230: 'High payments to personal loans',
  PCS0231: 'Recent connections to personal lending apps',
  PCS0232: 'Low recurring expenses',
  PCS0233: 'Payments to BNPL and cash advance loans vary a lot',
  PCS0234: 'High payments to BNPL and cash advance loans',
  PCS0235: 'Few or small transactions',
};

/** What is public of each score's reason codes: nothing of UltraFICO's and Prism's. */
const PUBLIC_TEXTS: ReasonTexts = { lendScore: LEND_SCORE_REASONS, prism: {}, ultraFico: {} };

/**
 * Reasons in plain words, in the order of their codes. A code without a known text is shown as it is.
 * @param codes a reader of texts
 */
export const reasons = (
  name: string,
  label: string,
  description: string,
  scorer: Scorer,
  codes: Reader,
): Fact => ({
  ...fact(
    name,
    label,
    `${description}, each with its text; a code without a known text is its own text`,
    {
      ...codes,
      type: 'table',
      columns: { code: 'text', text: 'text' },
      read: (answer) => (codes.read(answer) as string[]).map((code) => reason(code, scorer)),
    },
  ),
  reasonsOf: scorer,
});

const reason = (code: string, scorer: Scorer): JsonObject => ({
  code,
  text: textOf(PUBLIC_TEXTS[scorer], code) ?? code,
});

const textOf = (texts: Readonly<Record<string, string>> = {}, code: string) =>
  Object.hasOwn(texts, code) ? texts[code] : undefined;
