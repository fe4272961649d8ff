import type { LinkEvent, LinkSessionItemAddResult } from 'plaid';
import { bankToLink } from '../state/banks';
import { financesOf } from '../answers/finances';
import { isoTime } from '../answers/dates';
import { makeProductReport } from '../answers/productReports';
import { makeReport } from '../answers/reports';
import { reportParameter } from './reportParameter';
import { newId, newUuid } from '../ids';
import type { Institution, Item } from '../state/items';
import type { LinkSession, LinkToken } from '../state/linkTokens';
import type { ReportRequest } from '../state/reports';
import { stranger, type User } from '../state/users';
import { itemAdded, linkEvents, sessionFinished } from '../webhooks/link';
import type { Wire } from '../wire';
import type { SandboxContext } from '../context';

/** Whom the token is for; a made-up person where it names no user. */
export const applicantOf = (
  { state, now }: SandboxContext,
  { userId, linkToken }: LinkToken,
): User => (userId ? state.users.find({ user_id: userId }) : stranger(linkToken, now));

/** The bank that going through Link would link; null in update mode, which repairs Items. */
export function nextBank({ state }: SandboxContext, { userId, linkToken, request }: LinkToken) {
  const owner = userId ?? linkToken;
  const { update, institution_id: wanted } = request;
  return update ? null : bankToLink(owner, state.items.of(owner), wanted);
}

/**
 * Goes through Link in the user's place: links a bank (or repairs the user's Items, in update mode),
 * sends the webhooks, and makes a report where the token asks for one. Throws INVALID_LINK_TOKEN.
 */
export function finishLink(context: SandboxContext, linkToken: string): LinkSession {
  const { state, webhooks, now } = context;
  const token = state.linkTokens.findOpen(linkToken, now);
  const user = applicantOf(context, token);
  const { request } = token;
  const bank = nextBank(context, token);
  const items = bank
    ? [state.items.link(user.userId, bank, request.webhook)]
    : state.items.setLoginRequired(user.userId, request.update?.item_ids ?? null, false);
  const session = sessionOf(items, bank, user, token, now);
  token.session = session;

  const send = (body: object) => request.webhook && void webhooks.send(request.webhook, body);
  const about = { link_session_id: session.sessionId, link_token: linkToken };
  // Plaid sends these only for sessions that no front end of the client's own is there to follow.
  if (request.hosted_link || request.enable_multi_item_link) {
    const tokens = session.results.item_add_results.map(({ public_token }) => public_token);
    for (const publicToken of tokens) send(itemAdded(about, publicToken));
    send(sessionFinished(about, tokens, token.userId));
    send(linkEvents(about, session.events));
  }
  const newer = reportParameter(request);
  if (token.userId && newer) makeProductReport(context, user, newer);
  else if (token.userId && reportProducts(token).length > 0) {
    makeReport(context, user, toReport(token));
  }
  return session;
}

function sessionOf(
  items: readonly Item[],
  bank: Institution | null,
  user: User,
  token: LinkToken,
  now: number,
): LinkSession {
  const sessionId = newUuid();
  const linked = items.map((item) => ({
    publicToken: { public_token: `public-sandbox-${newUuid()}` },
    itemId: { item_id: item.itemId },
    access: accessTo(item, user),
  }));
  const added = bank ? linked : [];
  const forReport = Boolean(token.request.cra_report_parameter) || reportProducts(token).length > 0;
  const withItemId = linked.map(({ itemId, access }) => ({ ...itemId, ...access }));
  const [first] = added;
  return {
    sessionId,
    finishedAt: now,
    events: eventsOf(items[0]?.institution, now),
    success: first
      ? {
          ...first.publicToken,
          metadata: { ...first.access, link_session_id: sessionId, transfer_status: null },
        }
      : null,
    results: {
      item_add_results: added.map(({ publicToken, access }) => ({ ...publicToken, ...access })),
      cra_item_add_results: bank && forReport ? withItemId : [],
      cra_update_results: bank ? [] : withItemId,
      bank_income_results: [],
      payroll_income_results: [],
      document_income_results: null,
    },
  };
}

/** The bank and the accounts the user gives access to. */
function accessTo(item: Item, user: User): Omit<Wire<LinkSessionItemAddResult>, 'public_token'> {
  const { id, name } = item.institution;
  return {
    institution: { institution_id: id, name },
    accounts: financesOf(user, [item]).accounts.map((account) => ({
      id: account.id,
      name: account.name,
      mask: account.mask,
      type: account.type,
      subtype: account.subtype,
      verification_status: null,
      class_type: null,
    })),
  };
}

/** What a user does in Link who meets no difficulty, newest first. */
function eventsOf(bank: Institution | undefined, now: number): LinkEvent[] {
  const names = ['HANDOFF', 'SUBMIT_CREDENTIALS', 'SELECT_INSTITUTION', 'OPEN'];
  return names.map((event_name) => ({
    event_name,
    event_id: newUuid(),
    timestamp: isoTime(now),
    event_metadata: {
      request_id: newId(15),
      ...(bank &&
        event_name !== 'OPEN' && { institution_id: bank.id, institution_name: bank.name }),
    },
  }));
}

/** The products of a consumer report that the token asks for. */
const reportProducts = ({ request }: LinkToken) =>
  [request.products, request.required_if_supported_products, request.optional_products]
    .flatMap((products) => products ?? [])
    .filter((product) => product.startsWith('cra_'));

function toReport(token: LinkToken): ReportRequest {
  const { user_id, user_token, webhook = '', ...request } = token.request;
  const { cra_options: options, consumer_report_permissible_purpose: purpose } = request;
  return {
    ...(user_token ? { user_token } : { user_id }),
    webhook,
    days_requested: 365,
    ...options,
    products: reportProducts(token),
    consumer_report_permissible_purpose: purpose ?? 'EXTENSION_OF_CREDIT',
  };
}
