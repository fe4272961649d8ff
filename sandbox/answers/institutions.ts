import type { InstitutionsGetResponse, Institution as PlaidInstitution } from 'plaid';
import { BANKS, type Bank } from '../state/banks';
import type { Wire } from '../wire';
import type { Call } from './call';

const toInstitution = ({ institution_id, name, country, oauth }: Bank): Wire<PlaidInstitution> => ({
  institution_id,
  name,
  products: ['auth', 'balance', 'identity', 'transactions', 'cra_base_report'],
  country_codes: [country],
  routing_numbers: country === 'US' ? ['011000015'] : [],
  dtc_numbers: [],
  oauth,
});

interface Page {
  readonly count: number;
  readonly offset: number;
  readonly country_codes: readonly string[];
}

export function getInstitutions(call: Call<unknown>): Wire<InstitutionsGetResponse> {
  const { count, offset, country_codes } = call.body as Page;
  const found = BANKS.filter(({ country }) => country_codes.includes(country));
  return {
    institutions: found.slice(offset, offset + count).map(toInstitution),
    total: found.length,
    request_id: call.requestId,
  };
}
