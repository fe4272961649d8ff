import { isLoopback } from '../../../credentials/plaidApi';

/**
 * Where Plaid sends webhooks to: https only (https://plaid.com/docs/api/webhooks/).
 * Not zod's url(), which repairs the value it checks ("https:/x") while the original text would be sent.
 */
export const isHttpsUrl = (text: string): boolean =>
  /^https:\/\/[^\s/?#]\S*$/i.test(text) && URL.canParse(text);

/**
 * Whether Plaid, at a base URL, can send webhooks to an address. Plaid itself sends to https only; a stand-in on this
 * machine also sends to this machine over plain http, as an n8n that is being tried there has no other address.
 */
export const canReceiveFrom = (baseUrl: string | undefined, address: string): boolean =>
  isHttpsUrl(address) ||
  (baseUrl !== undefined &&
    isLoopback(new URL(baseUrl).hostname) &&
    isPlainHttpUrl(address) &&
    isLoopback(new URL(address).hostname));

/** Only what all clients read alike: no user name, and no backslash that some read as a slash. */
const isPlainHttpUrl = (text: string) =>
  /^http:\/\/[^\s\\/?#@]+([/?#]\S*)?$/i.test(text) && URL.canParse(text);
