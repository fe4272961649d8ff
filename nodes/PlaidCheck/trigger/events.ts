/** An event in the trigger's Events list. */
export interface TriggerEvent {
  /** Plaid's `webhook_type` */
  type: string;
  /** Plaid's `webhook_code`, or ANY_CODE for all current and future codes of the type */
  code: string;
  name: string;
  description: string;
}

export const ANY_CODE = '*';

/** Value of the list entry All Events. */
export const ALL_EVENTS = '*';

/** Value of the list entry Other Events: those without an entry in EVENTS. */
export const OTHER_EVENTS = 'other';

const event = (type: string, code: string, name: string, description: string): TriggerEvent => ({
  type,
  code,
  name,
  description,
});

const CHECK_REPORT = 'CHECK_REPORT';
const CRA_REPORT = 'CRA_REPORT';
const CASH_FLOW = 'CASH_FLOW_UPDATES';
const LINK = 'LINK';

/** https://plaid.com/docs/api/products/check/#webhooks, https://plaid.com/docs/api/products/check-legacy/#webhooks and https://plaid.com/docs/api/link/#webhooks */
export const EVENTS: readonly TriggerEvent[] = [
  event(
    CHECK_REPORT,
    ANY_CODE,
    'Check Report: Any Event',
    'Every webhook about the creation of a report',
  ),
  event(
    CHECK_REPORT,
    'CHECK_REPORT_READY',
    'Check Report: Ready',
    'The report is ready and available for 24 hours',
  ),
  event(
    CHECK_REPORT,
    'CHECK_REPORT_FAILED',
    'Check Report: Failed',
    'The report could not be created; lists the Items that the user can repair',
  ),
  event(
    CHECK_REPORT,
    'USER_CHECK_REPORT_READY',
    'Check Report: User Report Ready',
    'The report is ready and available for 24 hours; for integrations by user ID',
  ),
  event(
    CHECK_REPORT,
    'USER_CHECK_REPORT_FAILED',
    'Check Report: User Report Failed',
    'The report could not be created; for integrations by user ID',
  ),
  event(
    CHECK_REPORT,
    'UPGRADE_FAILED',
    'Check Report: Upgrade Failed',
    'Items could not be added to a report',
  ),
  event('BASE_REPORT', 'ERROR', 'Base Report: Failed', 'The report could not be created'),
  event(
    'CRA_INCOME',
    'BANK_INCOME_COMPLETE',
    'Bank Income: Finished',
    'The report is ready or has failed',
  ),
  event('CRA_INCOME', 'ERROR', 'Bank Income: Failed', 'The report could not be created'),
  event(
    'CRA_INSIGHTS',
    'PARTNER_INSIGHTS_COMPLETE',
    'Partner Insights: Ready',
    'Scores from partners of Plaid Check are available',
  ),
  event(
    'CRA_INSIGHTS',
    'PARTNER_INSIGHTS_ERROR',
    'Partner Insights: Failed',
    'The insights could not be created',
  ),
  event(
    CRA_REPORT,
    'CRA_REPORT_READY',
    'Report: Ready',
    "A report of Plaid's current API is finished: all, some or none of its products were made",
  ),
  event(
    CRA_REPORT,
    'CRA_REPORT_UPDATED',
    'Servicing: Report Updated',
    'A servicing subscription has a new report, or an error',
  ),
  event(
    CASH_FLOW,
    ANY_CODE,
    'Cash Flow: Any Event',
    'Every webhook of Cash Flow Updates, which Plaid retires on August 20, 2027',
  ),
  event(
    CASH_FLOW,
    'CASH_FLOW_INSIGHTS_UPDATED',
    'Cash Flow: Insights Updated',
    'Sent up to four times a day with the detected changes',
  ),
  event(
    CASH_FLOW,
    'INSIGHTS_UPDATED',
    'Cash Flow: Insights Updated (Older Accounts)',
    'The same event for accounts created before December 10, 2025',
  ),
  event(
    CASH_FLOW,
    'EXPECTED_DEPOSIT_MISSED',
    'Cash Flow: Expected Deposit Missed',
    'A regular deposit did not arrive',
  ),
  event(
    CASH_FLOW,
    'LARGE_DEPOSIT_DETECTED',
    'Cash Flow: Large Deposit',
    'A deposit of more than $5,000',
  ),
  event(CASH_FLOW, 'LOW_BALANCE_DETECTED', 'Cash Flow: Low Balance', 'A balance below $100'),
  event(
    CASH_FLOW,
    'NEW_INCOME_STREAM_DETECTED',
    'Cash Flow: New Income Stream',
    'Income from a new source',
  ),
  event(
    CASH_FLOW,
    'NEW_LOAN_PAYMENT_DETECTED',
    'Cash Flow: New Loan Payment',
    'A payment to a new lender',
  ),
  event(
    CASH_FLOW,
    'NSF_OVERDRAFT_DETECTED',
    'Cash Flow: NSF or Overdraft',
    'A payment with insufficient funds',
  ),
  event(LINK, ANY_CODE, 'Link: Any Event', 'Every webhook about a Link session'),
  event(
    LINK,
    'SESSION_FINISHED',
    'Link: Session Finished',
    'The user finished or left Hosted Link; includes the public tokens',
  ),
  event(LINK, 'EVENTS', 'Link: Events', 'Each step that the user took in Hosted Link'),
  event(
    LINK,
    'ITEM_ADD_RESULT',
    'Link: Item Added',
    'The user connected an account; includes its public token',
  ),
  event(
    'ITEM',
    'USER_ACCOUNT_REVOKED',
    'Item: User Account Revoked',
    'The user revoked access to an account at the bank',
  ),
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
