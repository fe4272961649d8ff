import { DEMO_USERS, PERSONAS } from '../../../sandbox/server';
import { askPlaid } from './plaid';
import { editor } from './shared';

/** A row of the lender's list. */
export interface Application {
  application_id: string;
  user_id: string;
}

const PERSON = {
  name: { given_name: 'Ines', family_name: 'Duarte' },
  date_of_birth: '1988-07-22',
  emails: [{ data: 'ines@example.com', primary: true }],
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

/** Someone whom the stand-in has not known from the start, with a linked bank. The user ID. */
export async function newApplicant(client_user_id: string): Promise<string> {
  const { user_id } = await askPlaid('/user/create', {
    client_user_id,
    with_upgraded_user: true,
    identity: PERSON,
  });
  await askPlaid('/sandbox/public_token/create', {
    institution_id: 'ins_109508',
    initial_products: ['cra_base_report'],
    user_id,
  });
  return String(user_id);
}

/** What is wrong in three rows: nothing, the lender's own ID, and a person whom Plaid does not know. */
const BAD_USERS = ['', 'customer-10482', 'usr_nobody_knows'];

/** Where the bad rows stand. */
const BAD_PLACES = [3, 11, 19];

/**
 * 25 applications of 22 people whom Plaid knows, who have all that real files have: fraud alerts, no scores, banks that
 * can't be read. Forgets what the stand-in knew of them before.
 */
export async function makeApplications(): Promise<{
  all: Application[];
  good: Application[];
  bad: Application[];
}> {
  editor().sandbox.reset();
  const known = [...DEMO_USERS, ...PERSONAS].map(({ user_id }) => user_id);
  const users = [...known, await newApplicant('ines-duarte')];
  for (const [index, place] of BAD_PLACES.entries()) users.splice(place, 0, BAD_USERS[index] ?? '');
  const all = users.map((user_id, index) => ({ application_id: `APP-${3001 + index}`, user_id }));
  editor().sandbox.clearRequests();
  const bad = all.filter(({ user_id }) => BAD_USERS.includes(user_id));
  return { all, bad, good: all.filter((one) => !bad.includes(one)) };
}
