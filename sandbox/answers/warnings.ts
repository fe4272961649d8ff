import type { BaseReportWarning, Cause, CheckReportWarning } from 'plaid';
import { LOGIN_REQUIRED } from '../plaidErrors';
import type { Item } from '../state/items';
import type { User } from '../state/users';
import type { Wire } from '../wire';

/** What a report says of the Items that it could not read, and of the person. */
export const warningsOf = (user: User, leftOut: readonly Item[]): Wire<CheckReportWarning>[] =>
  warnings('CHECK_REPORT_WARNING', user, leftOut);

/** The same for the Base Report, whose warnings have a type of their own. */
export const baseReportWarnings = (
  user: User,
  leftOut: readonly Item[],
): Wire<BaseReportWarning>[] => warnings('BASE_REPORT_WARNING', user, leftOut);

const warnings = (warning_type: string, { traits }: User, leftOut: readonly Item[]) => [
  ...(traits.has('fraud_alert')
    ? [{ warning_type, warning_code: 'USER_FRAUD_ALERT' as const, cause: null }]
    : []),
  ...leftOut.map((item) => ({
    warning_type,
    warning_code: 'TRANSACTIONS_UNAVAILABLE' as const,
    cause: causeOf(item),
  })),
];

const causeOf = ({ itemId, error }: Item): Wire<Cause> => ({
  ...(error ?? LOGIN_REQUIRED),
  item_id: itemId,
});
