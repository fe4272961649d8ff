import { randomUUID } from 'node:crypto';
import { type ClientUserIdentity, Configuration, PlaidApi, type PlaidError, Products } from 'plaid';
import type { Applicant } from './applicants';

export interface PlaidKeys {
  clientId: string;
  secret: string;
}

/** A bank in Plaid's Sandbox that takes the test logins below. */
const FIRST_PLATYPUS_BANK = 'ins_109508';

/** Test logins with very different finances: https://plaid.com/docs/sandbox/test-credentials/ */
const LOGINS = [
  { username: 'user_credit_profile_excellent', password: 'pass_good' },
  { username: 'user_credit_profile_good', password: 'pass_good' },
  { username: 'user_credit_bonus', password: 'pass_good' },
  { username: 'user_bank_income', password: '{}' },
  { username: 'user_credit_profile_poor', password: 'pass_good' },
];

const WEBHOOK = 'https://example.com/plaid/webhook';

/**
 * Creates a Plaid user for each applicant in the Sandbox at `baseUrl` and links a test bank account to
 * it. Resolves to the applicants with the new user ids.
 * Throws with Plaid's own message, never with the keys.
 */
export async function prepareApplicants(
  baseUrl: string,
  { clientId, secret }: PlaidKeys,
  applicants: Applicant[],
  onProgress: (line: string) => void,
): Promise<Applicant[]> {
  const plaid = new PlaidApi(
    new Configuration({
      basePath: baseUrl,
      baseOptions: {
        headers: {
          'PLAID-CLIENT-ID': clientId,
          'PLAID-SECRET': secret,
          'Plaid-Version': '2020-09-14',
        },
        timeout: 60_000,
      },
    }),
  );
  const prepared: Applicant[] = [];
  for (const [index, applicant] of applicants.entries()) {
    const user_id = await prepare(plaid, applicant, index);
    prepared.push({ ...applicant, user_id });
    onProgress(`Created and linked ${user_id} for ${applicant.name}`);
  }
  return prepared;
}

async function prepare(plaid: PlaidApi, applicant: Applicant, index: number): Promise<string> {
  const user = await call('/user/create', () =>
    plaid.userCreate({
      client_user_id: `n8n-demo-${randomUUID()}`,
      identity: identityOf(applicant),
      // Accounts from before December 10, 2025 have to ask for `identity` and `user_id`.
      with_upgraded_user: true,
    }),
  );
  const { user_id } = user.data;
  const login = LOGINS[index % LOGINS.length];
  // The Item belongs to the user from then on: Plaid Check needs no exchange of the token.
  await call('/sandbox/public_token/create', () =>
    plaid.sandboxPublicTokenCreate({
      user_id,
      institution_id: FIRST_PLATYPUS_BANK,
      initial_products: [
        Products.CraBaseReport,
        Products.CraIncomeInsights,
        Products.CraPartnerInsights,
      ],
      options: {
        webhook: WEBHOOK,
        override_username: login?.username,
        override_password: login?.password,
      },
    }),
  );
  return user_id;
}

/** The identity fields a consumer report needs, of a person who does not exist. */
function identityOf({ application_id, name }: Applicant): ClientUserIdentity {
  const [given_name = '', ...rest] = name.split(' ');
  return {
    name: { given_name, family_name: rest.join(' ') },
    date_of_birth: '1988-07-22',
    emails: [{ data: `${application_id.toLowerCase()}@example.com`, primary: true }],
    phone_numbers: [{ data: '+14155550123', primary: true }],
    addresses: [
      {
        street_1: '2493 Leisure Lane',
        city: 'San Matias',
        region: 'CA',
        postal_code: '93405',
        country: 'US',
        primary: true,
      },
    ],
  };
}

/** Plaid's own words instead of the HTTP client's error, whose configuration holds the keys. */
async function call<T>(path: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { message, response } = error as Error & { response?: { data?: Partial<PlaidError> } };
    const { error_code: code, error_message: text, request_id: id } = response?.data ?? {};
    const reason = code ? `${code}: ${text} (request ${id})` : message;
    throw new Error(`Preparing the applicants failed at ${path}: ${reason}`);
  }
}
