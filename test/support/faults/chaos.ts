import type { INodeParameters } from 'n8n-workflow';
import type { Fault, FaultPlan } from '../../../sandbox/injection/index';
import { stableUuid } from '../../../sandbox/ids';
import type { DemoUser, Sandbox } from '../../../sandbox/server';
import { report } from '../samples/applications';
import type { Facts } from './failures';
import {
  byFields,
  CREATE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../workflows/runPlaidCheck';

/** Mixed faults for a tenth of all requests, and fewer a second than would be sent otherwise. */
export const chaosPlan = (seed: string): FaultPlan => ({
  seed,
  limit: { perSecond: 100, burst: 10 },
  rules: [{ share: 0.1, faults: FAULTS }],
  webhooks: [
    { fault: 'lost', share: 0.3 },
    { fault: 'twice', share: 0.3 },
  ],
});

/** Long, so that a machine with other work to do does not add timeouts of its own. */
const TIMEOUT_SECONDS = 8;

const FAULTS: readonly Fault[] = [
  { kind: 'internal_server_error' },
  { kind: 'internal_server_error', carriedOut: true },
  { kind: 'unavailable_page' },
  { kind: 'bad_gateway_page' },
  { kind: 'bad_gateway_page', carriedOut: true },
  { kind: 'page_instead_of_answer' },
  { kind: 'planned_maintenance' },
  { kind: 'institution_down' },
  { kind: 'slow_first_byte', ms: 200 },
  { kind: 'slow_first_byte', ms: 20 * TIMEOUT_SECONDS * 1000 },
  { kind: 'slow_body', ms: 200 },
  { kind: 'reset' },
  { kind: 'reset', carriedOut: true },
  { kind: 'cut_json' },
  { kind: 'cut_connection' },
];

/** A part of the chaos: one execution with its items, each about a user of its own. */
export interface Part {
  name: string;
  path: string;
  parameters: INodeParameters;
  users: readonly string[];
  /** Whether it creates, so that nothing may be done twice. */
  creates: boolean;
}

const usersOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `usr_${name}_${index}`);

const USER: Operation = { resource: 'user', operation: 'get', path: '/user/get' };
const LOANS: Operation = { resource: 'loan', operation: 'register', path: '/cra/loans/register' };

const OPTIONS: INodeParameters = {
  retry: { values: { maxAttempts: 5, interval: 0.02, backoffRate: 2, maxInterval: 0.2 } },
  timeout: TIMEOUT_SECONDS,
};

const loan = {
  user_token: '={{ $json.token }}',
  loan_id: '={{ $json.user }}',
  type: 'PERSONAL',
  payment_schedule: 'MONTHLY',
  opened_date: '2026-10-01',
  opened_with_status: { status: 'CURRENT', date: '2026-10-01' },
  loan_amount: 5000,
};

/** @param items how many in all */
export function chaosParts(items: number): Part[] {
  const share = (part: number) => Math.round(items * part);
  const user = '={{ $json.user }}';
  return [
    {
      name: 'create',
      ...of(CREATE, report(user)),
      users: usersOf('create', share(0.4)),
      creates: true,
    },
    {
      name: 'read',
      ...of(USER, { user_id: user }),
      users: usersOf('read', share(0.35)),
      creates: false,
    },
    {
      name: 'loans, ten in a request',
      ...of(LOANS, { loans: [loan] }, { itemsPerRequest: 10 }),
      users: usersOf('loan', share(0.15)),
      creates: true,
    },
    {
      name: 'create and wait',
      ...of(CREATE, report(user), { waitUntilReady: { values: { maxWait: 30 } } }),
      users: usersOf('wait', share(0.1)),
      creates: true,
    },
  ];
}

function of(operation: Operation, body: object, options: INodeParameters = {}) {
  const parameters = byFields(operation, body as Parameters<typeof byFields>[1]);
  return { path: operation.path, parameters: withOptions(parameters, { ...OPTIONS, ...options }) };
}

export const demoUsers = (parts: readonly Part[]): DemoUser[] =>
  parts.flatMap(({ users }) =>
    users.map((user_id) => ({
      user_id,
      given_name: 'Chaos',
      family_name: user_id,
      archetype: 'gig_worker' as const,
    })),
  );

/** How an item of the chaos ended. */
export interface End {
  user: string;
  /** `answer`, or what the error is about */
  outcome: string;
  failure?: Facts;
}

/** Runs a part under Continue On Fail. @returns the end of each item, by the item it is paired with */
export async function runPart(sandbox: Sandbox, { parameters, users }: Part): Promise<End[]> {
  const items = users.map((user) => ({ user, token: `user-sandbox-${stableUuid(user)}` }));
  const run = await runPlaidCheck(sandbox, parameters, items, { onError: 'continueRegularOutput' });
  const [output = []] = run.outputs;
  return output.map(({ json, pairedItem }) => {
    const { item } = pairedItem as { item: number };
    const failure = json.error as unknown as Facts | undefined;
    const outcome = failure ? (failure.error_code ?? failure.kind) : 'answer';
    return { user: users[item] ?? '', outcome, ...(failure && { failure }) };
  });
}
