import type { BaseReportWarning, Cause, CheckReportWarning } from 'plaid';
import { IDENTITY_NOT_GIVEN, LOGIN_REQUIRED, type ItemError } from '../plaidErrors';
import type { Item, ReportItems } from '../state/items';
import type { User } from '../state/users';
import type { Wire } from '../wire';

/** What a report says of the Items that it could not read, and of the person. */
export const warningsOf = (user: User, items: ReportItems): Wire<CheckReportWarning>[] =>
  warnings('CHECK_REPORT_WARNING', user, items);

/** The same for the Base Report, whose warnings have a type of their own. */
export const baseReportWarnings = (user: User, items: ReportItems): Wire<BaseReportWarning>[] =>
  warnings('BASE_REPORT_WARNING', user, items);

function warnings(warning_type: string, { traits }: User, { items, leftOut }: ReportItems) {
  const warning = (
    warning_code: Wire<CheckReportWarning>['warning_code'],
    cause: Wire<Cause> | null,
  ) => ({ warning_type, warning_code, cause });
  const nameless = traits.has('identity_unavailable') ? items : [];
  return [
    ...(traits.has('fraud_alert') ? [warning('USER_FRAUD_ALERT', null)] : []),
    ...nameless.map((item) => warning('IDENTITY_UNAVAILABLE', causeOf(item, IDENTITY_NOT_GIVEN))),
    ...leftOut.map((item) => warning('TRANSACTIONS_UNAVAILABLE', causeOf(item, LOGIN_REQUIRED))),
  ];
}

const causeOf = ({ itemId, error }: Item, otherwise: ItemError): Wire<Cause> => ({
  ...(error ?? otherwise),
  item_id: itemId,
});
