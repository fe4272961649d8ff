/** The contenders, and how the table calls them. */
export const NAMES = {
  plaidCheck: 'Plaid Check',
  httpRequest: 'HTTP Request',
  sdk: 'plaid SDK',
  requestHelper: "n8n's helper alone",
  nodeHttp: "Node.js's http",
} as const;

export type ContenderName = keyof typeof NAMES;
