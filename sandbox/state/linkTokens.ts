import type {
  LinkEvent,
  LinkSessionResults,
  LinkSessionSuccess,
  LinkTokenCreateRequest,
} from 'plaid';
import { invalidLinkToken } from '../plaidErrors';
import { newUuid } from '../ids';
import type { Wire } from '../wire';
import type { ProductReportRequest } from './productReports';

/** `cra_report_parameter` is of the newer report API, and so not in the installed SDK's type. */
export type LinkRequest = Wire<LinkTokenCreateRequest> & {
  readonly cra_report_parameter?: ReportParameter | null;
};

type ReportParameter = Partial<
  Omit<ProductReportRequest, 'webhook' | 'consumer_report_permissible_purpose'>
>;

/** A session of Link that a user has gone through. */
export interface LinkSession {
  readonly sessionId: string;
  /** ms since the epoch, as all times here. */
  readonly finishedAt: number;
  readonly events: readonly LinkEvent[];
  /** Null where a session added no Item. */
  readonly success: Wire<LinkSessionSuccess> | null;
  readonly results: Wire<LinkSessionResults>;
}

/** A Link token and its session. */
export interface LinkToken {
  readonly linkToken: string;
  readonly request: LinkRequest;
  /** The user it names; null when it names none that was created before. */
  readonly userId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Null until the user has finished Link: a token serves one session. */
  session: LinkSession | null;
}

export interface LinkTokens {
  create(request: LinkRequest, userId: string | null, now: number): LinkToken;
  /** Throws INVALID_LINK_TOKEN. */
  find(linkToken: string): LinkToken;
  /** The token of a user who may still go through Link. Throws INVALID_LINK_TOKEN. */
  findOpen(linkToken: string, now: number): LinkToken;
}

export function createLinkTokens(): LinkTokens {
  const tokens = new Map<string, LinkToken>();
  const find = (linkToken: string) => {
    const token = tokens.get(linkToken);
    if (!token) throw invalidLinkToken('invalid link_token provided');
    return token;
  };
  return {
    create(request, userId, now) {
      const token: LinkToken = {
        linkToken: `link-sandbox-${newUuid()}`,
        request,
        userId,
        createdAt: now,
        expiresAt: now + lifetimeOf(request),
        session: null,
      };
      tokens.set(token.linkToken, token);
      return token;
    },
    find,
    findOpen(linkToken, now) {
      const token = find(linkToken);
      if (token.session) throw invalidLinkToken('the Link session is finished already');
      if (now >= token.expiresAt) throw invalidLinkToken('link_token has expired');
      return token;
    },
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOSTED_MS = { sms: 24 * HOUR_MS, email: 7 * 24 * HOUR_MS };

/**
 * ms. 4 hours, 30 minutes in update mode; a hosted session's is its own, or a day by SMS, a week by
 * email and 30 minutes else: https://plaid.com/docs/api/link/#linktokencreate
 */
function lifetimeOf({ hosted_link: hosted, update }: LinkRequest): number {
  if (hosted?.url_lifetime_seconds) return hosted.url_lifetime_seconds * 1000;
  if (hosted?.delivery_method) return HOSTED_MS[hosted.delivery_method];
  return hosted || update ? 30 * MINUTE_MS : 4 * HOUR_MS;
}
