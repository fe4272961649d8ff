import type { SandboxContext } from '../context';
import { PlaidError } from '../plaidErrors';

/** What Plaid says with each code, where it is public: https://plaid.com/docs/errors/plaid-check/ */
const MESSAGES: Readonly<Record<string, string>> = {
  INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED:
    'The user’s bank does not support the transactions range you require. Lowering the days_required may result in success.',
};

export const reportError = (type: PlaidError['type'], code: string): PlaidError =>
  new PlaidError(400, type, code, MESSAGES[code] ?? '');

/** Throws where a fault says that Plaid Check refuses this person a report. */
export function checkRefusal(
  { reportFault }: SandboxContext,
  userId: string,
  type: PlaidError['type'],
): void {
  const code = reportFault(userId);
  if (code) throw reportError(type, code);
}
