/** A kind of webhook a user can choose. */
export interface TriggerEvent {
  /** Plaid's `webhook_type` */
  type: string;
  /** Plaid's `webhook_code`; ANY for all codes of the type, also those that come in future */
  code: string;
  /** As the editor shows it */
  name: string;
  description: string;
}

export const ANY_CODE = '*';

/** The choice of every webhook there is. */
export const ALL_EVENTS = '*';

/** The choice of the webhooks that no entry of the table names. */
export const OTHER_EVENTS = 'other';

const event = (type: string, code: string, name: string, description: string): TriggerEvent => ({
  type,
  code,
  name,
  description,
});

const CHECK_REPORT = 'CHECK_REPORT';
const CASH_FLOW = 'CASH_FLOW_UPDATES';
const LINK = 'LINK';

/** https://plaid.com/docs/check/api/#webhooks and https://plaid.com/docs/api/link/#webhooks */
export const EVENTS: readonly TriggerEvent[] = [
  event(
    CHECK_REPORT,
    ANY_CODE,
    'Check Report: Any Event',
    'Every webhook about a report being made',
  ),
  event(CHECK_REPORT, 'CHECK_REPORT_READY', 'Check Report: Ready', 'Can be fetched for 24 hours'),
  event(
    CHECK_REPORT,
    'CHECK_REPORT_FAILED',
    'Check Report: Failed',
    'Could not be made; says which Items the user can repair',
  ),
  event(
    CHECK_REPORT,
    'USER_CHECK_REPORT_READY',
    'Check Report: User Report Ready',
    "The same, as Plaid's newer user APIs send it; can be fetched for 24 hours",
  ),
  event(
    CHECK_REPORT,
    'USER_CHECK_REPORT_FAILED',
    'Check Report: User Report Failed',
    "The same, as Plaid's newer user APIs send it",
  ),
  event(
    CHECK_REPORT,
    'UPGRADE_FAILED',
    'Check Report: Upgrade Failed',
    'Items could not be taken into a report',
  ),
  event('BASE_REPORT', 'ERROR', 'Base Report: Failed', 'Could not be made'),
  event('CRA_INCOME', 'BANK_INCOME_COMPLETE', 'Bank Income: Finished', 'Was made, or failed'),
  event('CRA_INCOME', 'ERROR', 'Bank Income: Failed', 'Could not be made'),
  event(
    'CRA_INSIGHTS',
    'PARTNER_INSIGHTS_COMPLETE',
    'Partner Insights: Ready',
    'Scores of Plaid Check partners can be fetched',
  ),
  event('CRA_INSIGHTS', 'PARTNER_INSIGHTS_ERROR', 'Partner Insights: Failed', 'Could not be made'),
  event(
    'CRA_REPORT',
    'CRA_REPORT_UPDATED',
    'Servicing: Report Updated',
    'A report that a servicing subscription keeps up to date has news',
  ),
  event(
    CASH_FLOW,
    ANY_CODE,
    'Cash Flow: Any Event',
    'Every webhook of Cash Flow Updates, which Plaid ends on 2027-08-20',
  ),
  event(
    CASH_FLOW,
    'CASH_FLOW_INSIGHTS_UPDATED',
    'Cash Flow: Insights Updated',
    'Up to four times a day, with what was detected',
  ),
  event(
    CASH_FLOW,
    'INSIGHTS_UPDATED',
    'Cash Flow: Insights Updated (Until 2025)',
    'What Plaid sends instead to accounts from before December 10, 2025',
  ),
  event(
    CASH_FLOW,
    'EXPECTED_DEPOSIT_MISSED',
    'Cash Flow: Expected Deposit Missed',
    'A deposit that comes regularly did not come',
  ),
  event(CASH_FLOW, 'LARGE_DEPOSIT_DETECTED', 'Cash Flow: Large Deposit', 'More than $5,000'),
  event(CASH_FLOW, 'LOW_BALANCE_DETECTED', 'Cash Flow: Low Balance', 'Less than $100'),
  event(
    CASH_FLOW,
    'NEW_INCOME_STREAM_DETECTED',
    'Cash Flow: New Income Stream',
    'Income from a source not seen before',
  ),
  event(
    CASH_FLOW,
    'NEW_LOAN_PAYMENT_DETECTED',
    'Cash Flow: New Loan Payment',
    'A payment to a lender not seen before',
  ),
  event(
    CASH_FLOW,
    'NSF_OVERDRAFT_DETECTED',
    'Cash Flow: NSF or Overdraft',
    'A payment without sufficient funds',
  ),
  event(LINK, ANY_CODE, 'Link: Any Event', 'Every webhook about a Link session'),
  event(
    LINK,
    'SESSION_FINISHED',
    'Link: Session Finished',
    'The user is through with Hosted Link, or left it; with the public tokens',
  ),
  event(LINK, 'EVENTS', 'Link: Events', 'What the user did in Hosted Link, step by step'),
  event(
    LINK,
    'ITEM_ADD_RESULT',
    'Link: Item Added',
    'The user has connected an account; with its public token',
  ),
  event(
    'ITEM',
    'USER_ACCOUNT_REVOKED',
    'Item: User Account Revoked',
    'The user has taken back the access to an account at the bank',
  ),
];

/** How a choice of the table is saved in a workflow. */
export const eventValue = ({ type, code }: Pick<TriggerEvent, 'type' | 'code'>) =>
  `${type}.${code}`;

const NAMED = new Set(EVENTS.map(eventValue));

/** Whether a webhook is one of the chosen ones. */
export function isEventSelected(chosen: readonly string[], type: string, code: string): boolean {
  const exact = eventValue({ type, code });
  const matching = [ALL_EVENTS, exact, eventValue({ type, code: ANY_CODE })];
  if (code === ANY_CODE || !NAMED.has(exact)) matching.push(OTHER_EVENTS);
  return matching.some((value) => chosen.includes(value));
}
