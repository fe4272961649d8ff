import type { State } from './state';

/** Something that was billed. */
export interface BilledEvent {
  readonly userId: string | null;
  readonly event: string;
}

/**
 * Bills as Plaid publishes it for the legacy API (https://plaid.com/docs/account/billing/): a product once per report, when it is
 * first read, and the base report with the first of them; Partner Insights when they are created with the report.
 */
export interface Bill {
  /** Takes a request that was carried out. */
  add(path: string, body: unknown, state: State, now: number): void;
  readonly events: readonly BilledEvent[];
  clear(): void;
}

const READ: Readonly<Record<string, readonly string[]>> = {
  '/cra/check_report/base_report/get': [],
  '/cra/check_report/pdf/get': [],
  '/cra/check_report/cashflow_insights/get': ['cra_cashflow_insights'],
  '/cra/check_report/income_insights/get': ['cra_income_insights'],
  '/cra/check_report/lend_score/get': ['cra_lend_score'],
  '/cra/check_report/network_insights/get': ['cra_network_insights'],
  '/cra/check_report/partner_insights/get': ['cra_partner_insights'],
  '/cra/check_report/verification/get': ['cra_home_lending'],
  '/cra/check_report/verification/pdf/get': ['cra_home_lending'],
};

interface Asked {
  readonly user_id?: string;
  readonly user_token?: string;
  readonly third_party_user_token?: string;
  readonly report_id?: string;
  readonly products?: readonly unknown[] | null;
  readonly add_ons?: readonly string[] | null;
  readonly hosted_link?: { readonly delivery_method?: string | null } | null;
}

export function createBill(): Bill {
  const events: BilledEvent[] = [];
  const paid = new Set<string>();
  const once = (userId: string, reportId: string, event: string) => {
    const key = `${reportId} ${event}`;
    if (paid.has(key)) return;
    paid.add(key);
    events.push({ userId, event });
  };
  return {
    events,
    add(path, body, state, now) {
      const asked = body as Asked;
      if (path === '/link/token/create') {
        if (asked.hosted_link?.delivery_method)
          events.push({ userId: asked.user_id ?? null, event: 'link_delivery' });
        return;
      }
      const products = READ[path];
      const isCreation = path === '/cra/check_report/create';
      if (!products && !isCreation) return;
      const { userId } = state.users.find(asked);
      if (isCreation) {
        const created = state.reports.newest(userId);
        if (created && asked.products?.includes('cra_partner_insights'))
          once(userId, created.reportId, 'cra_partner_insights');
        return;
      }
      const { reportId } = state.reports.read(userId, now, asked.report_id);
      for (const event of ['cra_base_report', ...(products ?? []), ...(asked.add_ons ?? [])]) {
        once(userId, reportId, event);
      }
    },
    clear() {
      events.length = 0;
      paid.clear();
    },
  };
}
