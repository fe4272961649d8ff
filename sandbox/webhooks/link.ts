import type {
  ItemAddResultWebhook,
  LinkEvent,
  LinkEventsWebhook,
  LinkSessionFinishedWebhook,
} from 'plaid';
import type { Wire } from '../wire';

/** Which session a webhook is about. */
interface Session {
  readonly link_session_id: string;
  readonly link_token: string;
}

/** Webhooks of Link: https://plaid.com/docs/api/link/#webhooks */
export const itemAdded = (session: Session, publicToken: string): Wire<ItemAddResultWebhook> => ({
  webhook_type: 'LINK',
  webhook_code: 'ITEM_ADD_RESULT',
  ...session,
  public_token: publicToken,
  environment: 'sandbox',
});

export const sessionFinished = (
  session: Session,
  publicTokens: readonly string[],
  userId: string | null,
): Wire<LinkSessionFinishedWebhook> => ({
  webhook_type: 'LINK',
  webhook_code: 'SESSION_FINISHED',
  status: 'SUCCESS',
  ...session,
  ...(publicTokens[0] && { public_token: publicTokens[0] }),
  public_tokens: [...publicTokens],
  ...(userId && { user_id: userId }),
  environment: 'sandbox',
});

export const linkEvents = (
  session: Session,
  events: readonly LinkEvent[],
): Wire<LinkEventsWebhook> => ({
  webhook_type: 'LINK',
  webhook_code: 'EVENTS',
  ...session,
  events: [...events],
  environment: 'sandbox',
});
