/** An event in the trigger's Events list. */
export interface TriggerEvent {
  /** Plaid's `webhook_type` */
  type: string;
  /** Plaid's `webhook_code`, or ANY_CODE for all current and future codes of the type */
  code: string;
  /** Display name; n8n sorts them, and the names of current events come before those of legacy ones */
  name: string;
  /** Sentence-case phrase for the list of triggers in n8n's node panel */
  action: string;
  description: string;
}

export const ANY_CODE = '*';

/** Value of the list entry All Events. */
export const ALL_EVENTS = '*';

/** Value of the list entry Other Events: those without an entry in EVENTS. */
export const OTHER_EVENTS = 'other';

type Texts = readonly [name: string, action: string, description: string];

/** The events of one `webhook_type`, by their code. */
const eventsOf = (type: string, events: Readonly<Record<string, Texts>>): TriggerEvent[] =>
  Object.entries(events).map(([code, [name, action, description]]) => ({
    type,
    code,
    name,
    action,
    description,
  }));

/** https://plaid.com/docs/api/products/check/#webhooks, https://plaid.com/docs/api/products/check-legacy/#webhooks and https://plaid.com/docs/api/link/#webhooks */
export const EVENTS: readonly TriggerEvent[] = [
  ...eventsOf('CRA_REPORT', {
    CRA_REPORT_READY: [
      'Check Report: Ready',
      'On report ready',
      "A report of Plaid's current API is finished: all, some or none of its products were made",
    ],
    CRA_REPORT_UPDATED: [
      'Check Report: Updated by Servicing',
      'On report updated by servicing',
      'A servicing subscription has a new report, or an error',
    ],
  }),
  ...eventsOf('ITEM', {
    USER_ACCOUNT_REVOKED: [
      'Item: User Account Revoked',
      'On user account revoked',
      'The user revoked access to an account at the bank',
    ],
  }),
  ...eventsOf('LINK', {
    [ANY_CODE]: ['Link: Any Event', 'On any Link event', 'Every webhook about a Link session'],
    SESSION_FINISHED: [
      'Link: Session Finished',
      'On Link session finished',
      'The user finished or left Hosted Link; includes the public tokens',
    ],
    EVENTS: ['Link: Step', 'On Link step', 'Each step that the user took in Hosted Link'],
    ITEM_ADD_RESULT: [
      'Link: Item Added',
      'On Link item added',
      'The user connected an account; includes its public token',
    ],
  }),
  ...eventsOf('CASH_FLOW_UPDATES', {
    [ANY_CODE]: [
      'Monitoring (Legacy): Any Event',
      'On any cash flow event (legacy)',
      'Every webhook of Cash Flow Updates, which Plaid retires on August 20, 2027',
    ],
    CASH_FLOW_INSIGHTS_UPDATED: [
      'Monitoring (Legacy): Insights Updated',
      'On cash flow insights updated (legacy)',
      'Sent up to four times a day with the detected changes',
    ],
    INSIGHTS_UPDATED: [
      'Monitoring (Legacy): Insights Updated (Older Accounts)',
      'On cash flow insights updated (legacy, older accounts)',
      'The same event for accounts created before December 10, 2025',
    ],
    EXPECTED_DEPOSIT_MISSED: [
      'Monitoring (Legacy): Expected Deposit Missed',
      'On expected deposit missed (legacy)',
      'A regular deposit did not arrive',
    ],
    LARGE_DEPOSIT_DETECTED: [
      'Monitoring (Legacy): Large Deposit',
      'On large deposit (legacy)',
      'A deposit of more than $5,000',
    ],
    LOW_BALANCE_DETECTED: [
      'Monitoring (Legacy): Low Balance',
      'On low balance (legacy)',
      'A balance below $100',
    ],
    NEW_INCOME_STREAM_DETECTED: [
      'Monitoring (Legacy): New Income Stream',
      'On new income stream (legacy)',
      'Income from a new source',
    ],
    NEW_LOAN_PAYMENT_DETECTED: [
      'Monitoring (Legacy): New Loan Payment',
      'On new loan payment (legacy)',
      'A payment to a new lender',
    ],
    NSF_OVERDRAFT_DETECTED: [
      'Monitoring (Legacy): NSF or Overdraft',
      'On NSF or overdraft (legacy)',
      'A payment with insufficient funds',
    ],
  }),
  ...eventsOf('CHECK_REPORT', {
    [ANY_CODE]: [
      'Report (Legacy API): Any Event',
      'On any report event (legacy)',
      'Every webhook about the creation of a report with the legacy API',
    ],
    USER_CHECK_REPORT_READY: [
      'Report (Legacy API): Ready (User ID)',
      'On report ready (legacy, user ID)',
      'The report is ready and available for 24 hours; for integrations by user ID',
    ],
    CHECK_REPORT_READY: [
      'Report (Legacy API): Ready (User Token)',
      'On report ready (legacy, user token)',
      'The report is ready and available for 24 hours; for integrations by user token',
    ],
    USER_CHECK_REPORT_FAILED: [
      'Report (Legacy API): Failed (User ID)',
      'On report failed (legacy, user ID)',
      'The report could not be created; for integrations by user ID',
    ],
    CHECK_REPORT_FAILED: [
      'Report (Legacy API): Failed (User Token)',
      'On report failed (legacy, user token)',
      'The report could not be created; lists the Items that the user can repair',
    ],
    UPGRADE_FAILED: [
      'Report (Legacy API): Upgrade Failed',
      'On report upgrade failed (legacy)',
      'Items could not be added to a report',
    ],
  }),
  ...eventsOf('BASE_REPORT', {
    ERROR: [
      'Report (Legacy API): Base Report Failed',
      'On base report failed (legacy)',
      'The report could not be created',
    ],
  }),
  ...eventsOf('CRA_INCOME', {
    BANK_INCOME_COMPLETE: [
      'Report (Legacy API): Bank Income Finished',
      'On bank income finished (legacy)',
      'The report is ready or has failed',
    ],
    ERROR: [
      'Report (Legacy API): Bank Income Failed',
      'On bank income failed (legacy)',
      'The report could not be created',
    ],
  }),
  ...eventsOf('CRA_INSIGHTS', {
    PARTNER_INSIGHTS_COMPLETE: [
      'Report (Legacy API): Partner Insights Ready',
      'On partner insights ready (legacy)',
      'Scores from partners of Plaid Check are available',
    ],
    PARTNER_INSIGHTS_ERROR: [
      'Report (Legacy API): Partner Insights Failed',
      'On partner insights failed (legacy)',
      'The insights could not be created',
    ],
  }),
];

/** The value saved in a workflow for an event. */
export const eventValue = ({ type, code }: Pick<TriggerEvent, 'type' | 'code'>) =>
  `${type}.${code}`;

const LISTED_EVENTS = new Set(EVENTS.map(eventValue));

/** Whether the selected events include a webhook. */
export function isEventSelected(selected: readonly string[], type: string, code: string): boolean {
  const exact = eventValue({ type, code });
  const matching = [ALL_EVENTS, exact, eventValue({ type, code: ANY_CODE })];
  if (code === ANY_CODE || !LISTED_EVENTS.has(exact)) matching.push(OTHER_EVENTS);
  return matching.some((value) => selected.includes(value));
}
