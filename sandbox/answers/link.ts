import type {
  LinkTokenCreateResponse,
  LinkTokenGetResponse,
  LinkTokenGetSessionsResponse,
} from 'plaid';
import { invalidConfiguration } from '../plaidErrors';
import { hostedLinkUrl } from '../link/page';
import { checkReportParameter } from '../link/reportParameter';
import type { LinkRequest, LinkSession } from '../state/linkTokens';
import type { Wire } from '../wire';
import type { Call } from './call';
import { isoTime } from './dates';
import { checkRefusal } from './refusal';

export function createLinkToken(call: Call<unknown>): Wire<LinkTokenCreateResponse> {
  const request = call.body as LinkRequest;
  const isNamed = request.user_id ?? request.user_token ?? request.third_party_user_token;
  const user = isNamed ? call.user() : null;
  if (user && asksForReport(request)) checkRefusal(call, user.userId, 'CHECK_REPORT_ERROR');
  checkReportParameter(request);
  checkReportOptions(request);
  const token = call.state.linkTokens.create(request, user?.userId ?? null, call.now);
  return {
    link_token: token.linkToken,
    expiration: isoTime(token.expiresAt),
    // An account without Hosted Link gets the token alone (https://plaid.com/docs/link/hosted-link/).
    ...(request.hosted_link &&
      call.hostedLink && { hosted_link_url: hostedLinkUrl(call.baseUrl, token.linkToken) }),
    ...(user && { user_id: user.userId }),
    request_id: call.requestId,
  };
}

/** What a consumer report needs beside the product: https://plaid.com/docs/api/link/#linktokencreate */
function checkReportOptions(request: LinkRequest): void {
  if (!asksForReport(request) || request.cra_report_parameter) return;
  const needs = {
    'user_id or user_token': request.user_id ?? request.user_token,
    cra_options: request.cra_options,
    consumer_report_permissible_purpose: request.consumer_report_permissible_purpose,
  };
  const missing = Object.entries(needs).find(([, value]) => !value);
  if (missing) throw invalidConfiguration(`${missing[0]} is required for Plaid Check products`);
}

const asksForReport = ({ products, cra_report_parameter: parameter }: LinkRequest): boolean =>
  Boolean(parameter) || (products ?? []).some((product) => product.startsWith('cra_'));

export function getLinkToken(call: Call): Wire<LinkTokenGetResponse> {
  const { linkTokens } = call.state;
  const token = linkTokens.find(String(call.body.link_token));
  const { request, session, userId } = token;
  return {
    link_token: token.linkToken,
    created_at: isoTime(token.createdAt),
    expiration: isoTime(token.expiresAt),
    link_sessions: session ? [toPlaid(session)] : [],
    metadata: {
      initial_products: request.products ?? [],
      webhook: request.webhook ?? null,
      country_codes: request.country_codes,
      language: request.language,
      redirect_uri: request.redirect_uri ?? null,
      client_name: request.client_name,
    },
    ...(userId && { user_id: userId }),
    request_id: call.requestId,
  };
}

const toPlaid = (session: LinkSession): Wire<LinkTokenGetSessionsResponse> => ({
  link_session_id: session.sessionId,
  started_at: isoTime(session.finishedAt),
  finished_at: isoTime(session.finishedAt),
  on_success: session.success,
  events: [...session.events],
  results: session.results,
});
