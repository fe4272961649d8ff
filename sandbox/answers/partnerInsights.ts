import type {
  CraCheckReportPartnerInsightsGetRequest,
  CraCheckReportPartnerInsightsGetResponse,
  CraPartnerInsightsGetResponse,
  CraPartnerInsightsItem,
} from 'plaid';
import { stableUuid } from '../ids';
import type { User } from '../state/users';
import type { Wire } from '../wire';
import { coveredDays } from './accounts';
import { clientReportId } from './baseReport';
import type { Call } from './call';
import { DAY_MS, isoTime } from './dates';
import { ficoResults, type FicoInput } from './fico';
import { currentFinances, financesOf, type Bank } from './finances';
import { firstDay, historyOf } from './history';
import { isDepository } from './holdings';
import { ownersOf } from './owner';
import { prismInsights, type PrismRequest } from './prism';
import { warningsOf } from './warnings';

/**
 * Partner Insights. What the read itself asks for comes first, then its deprecated options, then
 * what the report was created with.
 */
export function getPartnerInsights(
  call: Call<unknown>,
): Wire<CraCheckReportPartnerInsightsGetResponse> {
  const body = call.body as Wire<CraCheckReportPartnerInsightsGetRequest>;
  const user = call.user();
  const { request, reportId, readyAt, asOf, items } = call.report();
  // prism_products is not in the SDK's type; see the oracle's patches.
  const created = request.partner_insights as PrismRequest & { fico?: FicoInput | null };
  const fico = body.partner_insights?.fico ?? created?.fico;
  const days = coveredDays(request.days_requested);
  const finances = financesOf(user, items);
  const histories = historyOf(finances, asOf, days);
  return {
    report: {
      report_id: reportId,
      client_report_id: clientReportId(request),
      generated_time: isoTime(readyAt),
      items: finances.banks.map((bank) => itemOf(bank, user, asOf, days)),
      prism: prismInsights(finances, histories, asOf, {
        prism_products: created?.prism_products,
        prism_versions:
          body.partner_insights?.prism_versions ??
          body.options?.prism_versions ??
          created?.prism_versions,
      }),
      fico: fico ? ficoResults(fico, finances, histories, asOf) : null,
    },
    request_id: call.requestId,
    warnings: warningsOf(user, call.report()),
  };
}

/** The older endpoint: it needs no consumer report, knows no FICO, and answers a list. */
export function getPartnerInsightsOfOld(call: Call): Wire<CraPartnerInsightsGetResponse> {
  const user = call.user();
  const finances = currentFinances(call.state, user);
  const histories = historyOf(finances, call.now, DAYS);
  return {
    report: [
      {
        report_id: stableUuid(`partner insights ${user.userId} ${Math.floor(call.now / DAY_MS)}`),
        client_report_id: null,
        generated_time: isoTime(call.now),
        items: finances.banks.map((bank) => itemOf(bank, user, call.now, DAYS)),
        prism: prismInsights(finances, histories, call.now, {}),
        fico: null,
      },
    ],
    request_id: call.requestId,
  };
}

const DAYS = 365;

function itemOf(
  { institution, itemId, accounts }: Bank,
  user: User,
  asOf: number,
  days: number,
): Wire<CraPartnerInsightsItem> {
  return {
    institution_id: institution.id,
    institution_name: institution.name,
    item_id: itemId,
    accounts: accounts
      .filter(isDepository)
      .map(({ id, mask, name, officialName, subtype, isJoint }) => ({
        account_id: id,
        mask,
        name,
        official_name: officialName,
        type: 'depository' as const,
        subtype,
        metadata: { start_date: firstDay(asOf, days), end_date: firstDay(asOf, 1) },
        owners: ownersOf(user, isJoint),
      })),
  };
}
