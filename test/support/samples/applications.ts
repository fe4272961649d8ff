import type { Wanted } from '../workflows/fillIn';
import {
  CREATE,
  CREDIT_PROFILE,
  MONITORING,
  PARTNER_INSIGHTS,
  type Operation,
} from '../workflows/runPlaidCheck';

/** A user whom the sandbox knows from the start. */
export const AMARA = 'usr_demo_amara_okafor';
export const DANIEL = 'usr_demo_daniel_reyes';

/** The smallest request for a new report. */
export const report = (user_id: string = AMARA) => ({
  user_id,
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  days_requested: 365,
  webhook: 'https://example.com/plaid-webhook',
});

/** One UltraFICO score request; `score` may be an expression. */
export const scoreRequest = (score: number | string) => ({
  ultrafico_score_version: '1.0',
  base_fico_score: { bureau: 'EQUIFAX', score, base_fico_score_version: '10T' },
});

export const fico = (...scores: Array<number | string>) => ({
  fico_lender_id: 'lender-4',
  lender_application_id: 'application-17',
  ultrafico_score_requests: scores.map(scoreRequest),
});

export const insights = (user_id: string = AMARA) => ({ user_id });

export const creditProfile = (user_id: string = AMARA) => ({
  user_id,
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
  client_report_id: 'loan-2026-00417',
  inquiry_type: 'SOFT_INQUIRY',
  report_type: 'QUALIFY',
  version: 'v1',
});

export const monitoring = (user_id: string = AMARA) => ({
  user_id,
  consumer_report_permissible_purpose: 'ACCOUNT_REVIEW_CREDIT',
});

/** Each endpoint with a smallest request for a user. */
export const ENDPOINTS: ReadonlyArray<Operation & { body: (user?: string) => Wanted }> = [
  { ...CREATE, body: report },
  { ...PARTNER_INSIGHTS, body: insights },
  { ...CREDIT_PROFILE, body: creditProfile },
  { ...MONITORING, body: monitoring },
];
