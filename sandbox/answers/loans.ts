import type {
  CRALoansRegisterRequest,
  CraLoansApplicationsRegisterRequest,
  CraLoansApplicationsRegisterResponse,
  CraLoansRegisterResponse,
  CraLoansUnregisterRequest,
  CraLoansUpdateRequest,
  CraLoansUpdateResponse,
  CraLoanUnregisterResponse,
} from 'plaid';
import { PlaidError, invalidUserToken } from '../plaidErrors';
import type { Wire } from '../wire';
import type { Call } from './call';

export function registerLoans(call: Call<unknown>): CraLoansRegisterResponse {
  const { loans } = call.body as Wire<CRALoansRegisterRequest>;
  const entries = loans.map((loan, index) => ({
    loan,
    userId: userOf(call, loan.user_token, `loans[${index}].user_token`),
  }));
  call.state.loans.register(entries);
  return { request_id: call.requestId };
}

export function updateLoans(call: Call<unknown>): CraLoansUpdateResponse {
  call.state.loans.update((call.body as Wire<CraLoansUpdateRequest>).loans);
  return { request_id: call.requestId };
}

export function unregisterLoans(call: Call<unknown>): CraLoanUnregisterResponse {
  call.state.loans.unregister((call.body as Wire<CraLoansUnregisterRequest>).loans);
  return { request_id: call.requestId };
}

/** An application may be registered again, with its decision. */
export function registerApplications(call: Call<unknown>): CraLoansApplicationsRegisterResponse {
  const { applications } = call.body as Wire<CraLoansApplicationsRegisterRequest>;
  applications.forEach(({ user_token }, index) =>
    userOf(call, user_token, `applications[${index}].user_token`),
  );
  return { request_id: call.requestId };
}

/** Id of the user of an entry. Throws INVALID_USER_TOKEN, naming the field. */
function userOf({ state }: Call<unknown>, user_token: string, field: string): string {
  try {
    return state.users.find({ user_token }).userId;
  } catch (error) {
    throw error instanceof PlaidError ? invalidUserToken(field) : error;
  }
}
