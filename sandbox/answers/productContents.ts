import type { Report } from '../state/reports';
import { getBaseReport } from './baseReport';
import type { Answer, Call } from './call';
import { getCashflowInsights, getLendScore, getNetworkInsights } from './insights';
import { getPartnerInsights } from './partnerInsights';

/**
 * Not public: what these products hold in `/cra/report/get`, for which the SDK has types of three others. The sandbox gives what
 * their legacy calls answer, without what stands elsewhere in this answer.
 */
const LEGACY_ANSWERS: Readonly<Record<string, Answer>> = {
  cra_base_report: getBaseReport,
  cra_partner_insights: getPartnerInsights,
  cra_lend_score: getLendScore,
  cra_network_insights: getNetworkInsights,
  cra_cashflow_insights: getCashflowInsights,
};

const ELSEWHERE = ['report_id', 'client_report_id', 'generated_time'];

/** The attributes of a product that its legacy call answers; undefined for any other. */
export function legacyAttributes(
  call: Call<unknown>,
  product: string,
  report: Report,
): Record<string, unknown> | undefined {
  const answer = LEGACY_ANSWERS[product];
  if (!answer) return undefined;
  const { user_id } = call.body as { readonly user_id: string };
  const whole = answer({ ...call, body: { user_id }, report: () => report }) as {
    readonly report: object;
  };
  const contents = Object.fromEntries(
    Object.entries(whole.report).filter(([name]) => !ELSEWHERE.includes(name)),
  );
  const { attributes, ...others } = contents;
  // Attributes within attributes would say nothing.
  return Object.keys(others).length > 0 ? contents : (attributes as Record<string, unknown>);
}
