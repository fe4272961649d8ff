import type { CraLoanRegister, CraLoanUnregister, CraLoanUpdate } from 'plaid';
import { invalidLoan } from '../plaidErrors';
import type { Wire } from '../wire';

/** A loan as it was registered, with all that was reported since. */
export interface Loan {
  readonly userId: string;
  readonly registered: Wire<CraLoanRegister>;
  readonly statuses: readonly Wire<CraLoanUnregister>['closed_with_status'][];
  readonly payments: NonNullable<Wire<CraLoanUpdate>['payment_history']>;
}

/** An entry of a request, with the user it names. */
export interface Registration {
  readonly loan: Wire<CraLoanRegister>;
  readonly userId: string;
}

/**
 * Loans by loan_id. A list is atomic: one invalid entry, and nothing changes. Each
 * method throws INVALID_LOAN_ID with a message that names the entry.
 */
export interface Loans {
  register(entries: readonly Registration[]): void;
  update(entries: readonly Wire<CraLoanUpdate>[]): void;
  /** Ends them: they are unknown afterwards. */
  unregister(entries: readonly Wire<CraLoanUnregister>[]): void;
  /** By loan_id. */
  all(): ReadonlyMap<string, Loan>;
  forget(userId: string): void;
}

export function createLoans(): Loans {
  let loans: ReadonlyMap<string, Loan> = new Map();

  /** Applies one entry after the other to a copy, which counts only when all went well. */
  const change = <Entry>(
    entries: readonly Entry[],
    apply: (copy: Map<string, Loan>, entry: Entry, field: string) => void,
  ) => {
    const copy = new Map(loans);
    entries.forEach((entry, index) => apply(copy, entry, `loans[${index}].loan_id`));
    loans = copy;
  };
  const find = (copy: Map<string, Loan>, loanId: string | undefined, field: string): Loan => {
    const loan = loanId === undefined ? undefined : copy.get(loanId);
    if (!loan) throw invalidLoan(field, 'does not name a registered loan');
    return loan;
  };

  return {
    register: (entries) =>
      change(entries, (copy, { loan, userId }, field) => {
        if (copy.has(loan.loan_id))
          throw invalidLoan(field, 'names a loan that is registered already');
        const statuses = [loan.opened_with_status];
        copy.set(loan.loan_id, { userId, registered: loan, statuses, payments: [] });
      }),
    update: (entries) =>
      change(entries, (copy, { loan_id, status_history = [], payment_history = [] }, field) => {
        const loan = find(copy, loan_id, field);
        copy.set(loan.registered.loan_id, {
          ...loan,
          statuses: [...loan.statuses, ...status_history],
          payments: [...loan.payments, ...payment_history],
        });
      }),
    unregister: (entries) =>
      change(entries, (copy, { loan_id }, field) => {
        copy.delete(find(copy, loan_id, field).registered.loan_id);
      }),
    all: () => loans,
    forget(userId) {
      loans = new Map([...loans].filter(([, loan]) => loan.userId !== userId));
    },
  };
}
