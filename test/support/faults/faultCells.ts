import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/injection/index';
import type { Sandbox } from '../../../sandbox/server';
import { leaksOf } from '../process/leaks';
import { report } from '../samples/applications';
import { askSandbox } from '../servers/askSandbox';
import { PLAID_CHECK } from '../workflows/plaidCheckWorkflow';
import { BASE_REPORT } from '../workflows/reportRuns';
import { readable, type Facts } from './failures';
import {
  byFields,
  CREATE,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
  type Operation,
} from '../workflows/runPlaidCheck';

/** The faults of docs/fault-matrix.md, by the names used there. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  '429': { kind: 'rate_limited' },
  '429 with Retry-After': { kind: 'rate_limited', retryAfter: 1 },
  '500 INTERNAL_SERVER_ERROR, not done': { kind: 'internal_server_error' },
  '500 INTERNAL_SERVER_ERROR, done': { kind: 'internal_server_error', carriedOut: true },
  '503 PLANNED_MAINTENANCE': { kind: 'planned_maintenance' },
  '400 INSTITUTION_DOWN': { kind: 'institution_down' },
  '503 web page, not done': { kind: 'unavailable_page' },
  '502 web page, done': { kind: 'bad_gateway_page', carriedOut: true },
  '200 web page, not done': { kind: 'page_instead_of_answer' },
  'Slow to answer, within the timeout': { kind: 'slow_first_byte', ms: 50 },
  'Slow to answer, beyond the timeout': { kind: 'slow_first_byte', ms: 60_000 },
  'Answer in drops, within the timeout': { kind: 'slow_body', ms: 50 },
  'Answer in drops, beyond the timeout': { kind: 'slow_body', ms: 60_000 },
  'Connection reset, not done': { kind: 'reset' },
  'Connection reset, done': { kind: 'reset', carriedOut: true },
  'JSON cut short': { kind: 'cut_json' },
  'Connection lost in the middle of the answer': { kind: 'cut_connection' },
};

const GET_USER: Operation = { resource: 'user', operation: 'get', path: '/user/get' };

/** What kinds of requests there are, by the headings of their tables. */
export const REQUESTS: Readonly<
  Record<string, { operation: Operation; body: object; retryUncertain: boolean; ofReport?: true }>
> = {
  'Requests that only read': {
    operation: GET_USER,
    body: { user_id: '={{ $json.user }}' },
    retryUncertain: false,
  },
  'Requests that create or bill': {
    operation: CREATE,
    body: { ...report('={{ $json.user }}'), products: ['cra_partner_insights'] },
    retryUncertain: false,
  },
  'Requests that create or bill, with Retry Requests That May Have Succeeded on': {
    operation: CREATE,
    body: { ...report('={{ $json.user }}'), products: ['cra_partner_insights'] },
    retryUncertain: true,
  },
  'Reads of a report, which Plaid bills once': {
    operation: BASE_REPORT,
    body: { user_id: '={{ $json.user }}' },
    retryUncertain: false,
    ofReport: true,
  },
};

/** One cell of the matrix. */
export interface Cell {
  requests: string;
  fault: string;
  lasts: 'once' | 'every time';
  continueOnFail: boolean;
}

/** How a cell ended, in the words of the table, and what must hold in every cell. */
export interface Observed {
  /** Such as `error: timeout, may have succeeded (sent 1, done 1)` */
  text: string;
  done: number;
  /** What the node said that Plaid bills for the item, and what the stand-in billed */
  bill: { certain: number; possible: number; billed: number; mayBeUnknown: boolean };
  /** What broke a promise that holds in every cell; empty when all is well */
  broken: string[];
}

const USERS = ['usr_demo_amara_okafor', 'usr_demo_daniel_reyes', 'usr_demo_mei_lin'];
const [, STRUCK = ''] = USERS;

/** Runs three items through the compiled node, the second of which is struck by the fault of the cell. */
export async function observe(sandbox: Sandbox, cell: Cell): Promise<Observed> {
  const request = REQUESTS[cell.requests];
  const fault = FAULTS[cell.fault];
  if (!request || !fault) throw new Error(`Nothing known of ${cell.requests}: ${cell.fault}`);
  sandbox.reset();
  sandbox.faults.set({});
  if (request.ofReport) await makeReports(sandbox);
  sandbox.clearRequests();
  sandbox.faults.set({
    rules: [{ faults: [fault], about: STRUCK, times: cell.lasts === 'once' ? 1 : Infinity }],
  });
  const run = await runPlaidCheck(
    sandbox,
    parametersOf(request, fault),
    USERS.map((user) => ({ user, timeout: user === STRUCK ? 1.5 : 60 })),
    cell.continueOnFail ? { onError: 'continueRegularOutput' } : {},
  );
  const { path } = request.operation;
  const sent = (user: string) =>
    sandbox.requests.filter(({ bodyText }) => bodyText.includes(user)).length;
  const done = (user: string) => sandbox.done(path, user);
  const broken: string[] = [];
  const promise = (holds: boolean, what: string) => void (holds || broken.push(what));

  // In the output, the error, the log and what n8n saves of the execution.
  const leaks = leaksOf([sandbox.clientId, sandbox.secret], run);
  promise(run.saved !== undefined && leaks.length === 0, `the run repeats ${leaks.length} keys`);

  const [output = []] = run.outputs;
  let end: string;
  if (run.status === 'error') {
    promise(!cell.continueOnFail, 'stopped in spite of Continue On Fail');
    const { context, message, description } = run.error as unknown as Stopped;
    promise(context?.itemIndex === 1, `the error names item ${String(context?.itemIndex)}`);
    end = `stops: ${nameOf(message, description)}${warning(description)}`;
    for (const user of USERS) {
      if (user !== STRUCK) promise(done(user) <= 1 && sent(user) <= 1, `${user} was sent again`);
    }
  } else {
    promise(output.length === USERS.length, `${output.length} items came out of ${USERS.length}`);
    for (const [item, user] of USERS.entries()) {
      const { json, pairedItem } = output[item] ?? {};
      promise(JSON.stringify(pairedItem) === JSON.stringify({ item }), `item ${item} has no pair`);
      if (user === STRUCK) continue;
      promise(!json?.error && done(user) === 1, `the item of ${user} did not get its answer`);
    }
    const failure = output[1]?.json.error as Facts | undefined;
    end = failure
      ? `error: ${failure.error_code ?? failure.kind}${warning(failure.next_step)}`
      : 'answer';
    if (failure) {
      promise(
        failure.attempts?.length === sent(STRUCK),
        `the error lists ${failure.attempts?.length} attempts`,
      );
    } else promise(done(STRUCK) > 0, 'an answer to what was not done');
  }
  const isUnknown = UNKNOWN.has(cell.fault);
  const misbilled = (found: readonly BillingLine[], user?: string) => {
    const billed = sandbox.billed.filter(({ userId }) => !user || userId === user).length;
    const { certain, possible } = countsOf(found);
    const isRight = isUnknown
      ? certain <= billed && billed <= certain + possible
      : possible === 0 && billed === certain;
    return isRight ? '' : `billed ${billed}, told ${JSON.stringify(found)}`;
  };
  const bills = run.status === 'error' ? [] : output.map(({ json }) => json.billing);
  for (const [item, bill] of bills.entries()) {
    const wrong = misbilled(bill as BillingLine[], USERS[item]);
    promise(wrong === '', `item ${item}: ${wrong}`);
  }
  const told =
    run.status === 'error'
      ? toldBilling((run.error as unknown as Stopped).description)
      : (run.nodes[PLAID_CHECK]?.[0]?.hints ?? []).flatMap(({ message }) =>
          countedBilling(message),
        );
  const wrong = misbilled(told, run.status === 'error' ? STRUCK : undefined);
  promise(wrong === '', `${run.status === 'error' ? 'error' : 'hint'}: ${wrong}`);
  promise(
    request.operation !== CREATE || sandbox.reportsCreated(STRUCK) === done(STRUCK),
    'reports created and requests done differ',
  );
  promise(
    request.operation !== CREATE || request.retryUncertain || done(STRUCK) <= 1,
    'created twice',
  );
  return {
    // How often fits into the time in which a rate limit is borne depends on the machine.
    text: `${end} (sent ${end.includes('RATE_LIMIT') && sent(STRUCK) > 1 ? 'for a time' : sent(STRUCK)}, done ${done(STRUCK)})`,
    done: done(STRUCK),
    bill: {
      ...countsOf(run.status === 'error' ? told : ((bills[1] ?? []) as BillingLine[])),
      billed: sandbox.billed.filter(({ userId }) => userId === STRUCK).length,
      mayBeUnknown: isUnknown,
    },
    broken,
  };
}

/** Faults after which the node can't know whether Plaid processed the request. */
const UNKNOWN = new Set(
  Object.keys(FAULTS).filter((name) =>
    /done$|beyond the timeout|cut short|Connection lost/.test(name),
  ),
);

interface BillingLine {
  event: string;
  status: 'certain' | 'possible' | 'none';
}

const countsOf = (lines: readonly BillingLine[]) => ({
  certain: lines.filter(({ status }) => status === 'certain').length,
  possible: lines.filter(({ status }) => status === 'possible').length,
});

/** What the error that stopped the node says of the bill. */
const toldBilling = (description?: string | null): BillingLine[] =>
  [...readable(description).matchAll(/(\w+) \((certain|possible)\)/g)].map(
    ([, event = '', status]) => ({ event, status: status as BillingLine['status'] }),
  );

/** What the hint at the output says of the bill, a line for each event. */
const countedBilling = (message: string): BillingLine[] =>
  !message.startsWith('Plaid bills for this run')
    ? []
    : [...message.matchAll(/(\d+) × [\w ]+ \((possible, )?(\w+)\)/g)].flatMap(
        ([, count, possible, event = '']) =>
          Array.from({ length: Number(count) }, (): BillingLine => ({
            event,
            status: possible ? 'possible' : 'certain',
          })),
      );

/** A report of each user that can be read. */
async function makeReports(sandbox: Sandbox): Promise<void> {
  for (const user of USERS) await askSandbox(sandbox, CREATE.path, report(user));
  sandbox.clock.advance(60_000);
}

interface Stopped {
  message: string;
  description?: string | null;
  context?: { itemIndex?: number };
}

/** The kinds of failure, by the words of the error that n8n shows. */
const KINDS = {
  timeout: /did not respond within/,
  connection_failed: /closed the connection/,
  unreadable_response: /instead of Plaid's JSON/,
};

/** What an error that stopped the node is about: Plaid's code, or the kind of failure. */
function nameOf(message: string, description?: string | null): string {
  const [, code] = /error_code: (\w+)/.exec(readable(description)) ?? [];
  const kind = Object.entries(KINDS).find(([, words]) => words.test(message));
  return code ?? kind?.[0] ?? message;
}

const warning = (text: string | null | undefined) =>
  text?.includes('may have succeeded') ? ', may have succeeded' : '';

/** Short times, so that a cell does not take long; a timeout only where it is to run out. */
function parametersOf(
  { operation, body, retryUncertain }: (typeof REQUESTS)[string],
  { kind, ms = 0 }: Fault,
): INodeParameters {
  const retry = {
    maxAttempts: 3,
    interval: 0.01,
    backoffRate: 2,
    maxInterval: 1,
    rateLimitTime: 0.5,
    retryUncertain,
  };
  return withOptions(byFields(operation, body as Parameters<typeof byFields>[1]), {
    includeBilling: true,
    retry: { values: retry },
    ...(ms > 1000 && { timeout: '={{ $json.timeout }}' }),
    // How often a refused request is sent again depends on whether others are accepted meanwhile.
    ...(kind === 'rate_limited' && ONE_BY_ONE),
  });
}
