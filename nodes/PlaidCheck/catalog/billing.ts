import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isObject } from '../utils/json';

const BASE_REPORT = "a report's first read also bills the base report";

/**
 * When Plaid bills a call, in the words of "Plaid Check fee model" (https://plaid.com/docs/account/billing/) and of `products` in
 * CraCheckReportCreateRequest (SDK 47). They cover the legacy API alone; what else may be billed is `unpublished`.
 */
export const BILLING = {
  firstRead: `Plaid bills each product once per report, when first read; ${BASE_REPORT}`,
  scores: `Plaid bills scores once per report: when created with it, otherwise when first read; ${BASE_REPORT}`,
  creation:
    'Plaid bills Partner Insights when created with the report, and every other product when first read',
  link: 'Plaid bills each link that it delivers by SMS or email, and for a legacy report Partner Insights when created and every other product when first read',
  unpublished: 'Plaid may bill this, but does not publish when',
} as const;

export type Billing = keyof typeof BILLING;

/** What an operation does, and when Plaid bills it; without a period at the end. */
export const withBilling = ({
  description,
  billing,
}: {
  description: string;
  billing?: Billing;
}): string => (billing ? `${description}; ${BILLING[billing]}` : description);

/** For a list of products of a legacy report: the one that is billed before it is read. */
export const SCORES_CREATED = 'Billed when the report is created';

/** For a list of products to read from a legacy report. */
export const SCORES_READ = 'Billed when first read, unless created with the report';

/** What Plaid bills for a request that it carries out. */
export interface Billed {
  /** Products of the report, each of which is billed once per report */
  products: readonly string[];
  /** What is billed each time */
  events: readonly string[];
}

/** What Plaid bills for a request that it carries out; null where it may bill it, but does not publish when. */
export function billedFor(
  { billing, product }: { billing?: Billing; product?: string },
  body: JsonObject,
): Billed | null {
  switch (billing) {
    case undefined:
      return NOTHING;
    case 'unpublished':
      return null;
    case 'creation':
      return { ...NOTHING, products: listIn(body.products).filter((one) => one === SCORES) };
    case 'firstRead':
    case 'scores':
      return {
        ...NOTHING,
        products: ['cra_base_report', product, ...listIn(body.add_ons)].flatMap((one) => one ?? []),
      };
    case 'link': {
      const { hosted_link: link } = body;
      const isDelivered = isObject(link) && Boolean(link.delivery_method);
      return { ...NOTHING, events: isDelivered ? ['link_delivery'] : [] };
    }
  }
}

const NOTHING: Billed = { products: [], events: [] };

/** The product that is billed when it is created with a report. */
const SCORES = 'cra_partner_insights';

const listIn = (value: JsonValue | undefined): string[] =>
  (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');
