import { startSandbox, type RecordedRequest, type Sandbox } from '../../sandbox/server';
import type { FaultKind } from '../../sandbox/injection';
import {
  chaosParts,
  chaosPlan,
  demoUsers,
  runPart,
  type End,
  type Part,
} from '../support/faults/chaos';

const SEED = process.env.CHAOS_SEED ?? 'plaid-check';
const ITEMS = Number(process.env.CHAOS_ITEMS ?? 2000);
const PARTS = chaosParts(ITEMS);

/** What an error may be called after a fault. */
const NAMES: Readonly<Record<FaultKind, string>> = {
  rate_limited: 'RATE_LIMIT',
  internal_server_error: 'INTERNAL_SERVER_ERROR',
  unavailable_page: 'unreadable_response',
  bad_gateway_page: 'unreadable_response',
  page_instead_of_answer: 'unreadable_response',
  planned_maintenance: 'PLANNED_MAINTENANCE',
  institution_down: 'INSTITUTION_DOWN',
  slow_first_byte: 'timeout',
  slow_body: 'timeout',
  reset: 'connection_failed',
  cut_json: 'unreadable_response',
  cut_connection: 'connection_failed',
};

interface Run {
  ends: Map<Part, End[]>;
  sandbox: Sandbox;
  byUser: Map<string, RecordedRequest[]>;
}

/** Four executions at once, on one account with one rate limit. */
async function run(): Promise<Run> {
  const sandbox = await startSandbox({
    users: demoUsers(PARTS),
    readyAfterMs: 300,
    webhooks: { repeatAfterMs: [] },
    faults: chaosPlan(SEED),
  });
  const all = await Promise.all(
    PARTS.map(async (part) => [part, await runPart(sandbox, part)] as const),
  );
  await sandbox.webhooksSettled();
  const byUser = new Map<string, RecordedRequest[]>();
  for (const request of sandbox.requests) {
    for (const user of usersIn(request)) {
      byUser.set(user, [...(byUser.get(user) ?? []), request]);
    }
  }
  return { ends: new Map(all), sandbox, byUser };
}

function usersIn({ json }: RecordedRequest): string[] {
  const { user_id, loans } = json as { user_id?: string; loans?: Array<{ loan_id: string }> };
  return user_id ? [user_id] : (loans ?? []).map(({ loan_id }) => loan_id);
}

const runs: Run[] = [];
beforeAll(async () => {
  console.log(`seed ${SEED} (CHAOS_SEED), ${ITEMS} items`);
  while (runs.length < 2) {
    const start = Date.now();
    const one = await run();
    runs.push(one);
    await one.sandbox.close();
    console.log(summaryOf(one, Date.now() - start));
  }
}, 240_000);

function summaryOf({ ends, sandbox }: Run, ms: number): string {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of [...ends.values()].flat()) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  const count = sandbox.requests.length;
  return `${count} requests in ${ms} ms; struck: ${JSON.stringify(sandbox.faults.struck)}; ended: ${JSON.stringify(outcomes)}`;
}

/** What is wrong with how an item ended, held against what the sandbox did for it. */
function lies({ path, creates }: Part, end: End, { sandbox, byUser }: Run): string[] {
  const { user, outcome, failure } = end;
  const requests = byUser.get(user) ?? [];
  const done = sandbox.done(path, user);
  const last = requests.at(-1);
  const wrong: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || wrong.push(`${user}: ${what}`));

  if (creates) must(done <= 1, `done ${done} times`);
  if (!failure) {
    must(done >= 1, 'an answer, but it was not done');
    must(last?.status === 200, 'an answer, but the last request had none');
    return wrong;
  }
  const { attempts, next_step } = failure;
  must(attempts?.length === requests.length, `${attempts?.length} attempts of ${requests.length}`);
  must(outcome === (last?.fault ? NAMES[last.fault] : ''), `${outcome} after ${last?.fault}`);
  if (!creates) return wrong;
  const mayHave = Boolean(next_step?.includes('may have succeeded'));
  const wasCreated = Boolean(next_step?.includes('was created'));
  must(mayHave || wasCreated || done === 0, 'done, and the error does not say that it may be');
  must(!wasCreated || done === 1, 'not created, though the error says so');
  must(!mayHave || last?.path === path, 'uncertain about what is known');
  return wrong;
}

test('no item is lost: each ends in its place as an answer or an error', () => {
  for (const { ends } of runs) {
    for (const [part, of] of ends) expect(of.map(({ user }) => user)).toEqual(part.users);
  }
});

test('every end is true: what was answered was done, what failed says why, nothing was created twice', () => {
  for (const one of runs) {
    const wrong = [...one.ends].flatMap(([part, of]) => of.flatMap((end) => lies(part, end, one)));
    expect(wrong).toEqual([]);
  }
});

test("the node's counts are the sandbox's", () => {
  for (const { ends, sandbox } of runs) {
    const paths = new Set(PARTS.filter(({ creates }) => creates).map(({ path }) => path));
    for (const path of paths) {
      const of = [...ends].filter(([part]) => part.path === path);
      const users = of.flatMap(([part]) => part.users);
      const done = users.filter((user) => sandbox.done(path, user) > 0);
      const answered = of.flatMap(([, some]) => some).filter(({ outcome }) => outcome === 'answer');
      const uncertain = of
        .flatMap(([, some]) => some)
        .filter(({ failure, user }) => failure && sandbox.done(path, user) > 0);
      expect(done).toHaveLength(answered.length + uncertain.length);
      if (path === '/cra/check_report/create') {
        expect(sandbox.done(path)).toBe(done.length);
        expect(users.map((user) => sandbox.reportsCreated(user))).toEqual(
          users.map((user) => sandbox.done(path, user)),
        );
      }
    }
  }
});

test('the chaos was one: many faults of every kind, refusals, lost and doubled webhooks', () => {
  for (const { sandbox } of runs) {
    const { struck } = sandbox.faults;
    expect(Object.keys(struck).sort()).toEqual(
      [...Object.keys(NAMES), 'webhook_lost', 'webhook_twice'].sort(),
    );
    const faults = sandbox.requests.filter(({ fault }) => fault && fault !== 'rate_limited').length;
    const within = sandbox.requests.filter(({ fault }) => fault !== 'rate_limited').length;
    expect(faults / within).toBeGreaterThan(0.07);
    expect(faults / within).toBeLessThan(0.13);
  }
});

test('the same seed has the same outcome, item by item', () => {
  const outcomes = ({ ends, sandbox }: Run) =>
    [...ends].flatMap(([{ path, creates }, of]) =>
      of.map(({ user, outcome }) => [user, outcome, creates && sandbox.done(path, user)]),
    );
  const [first, second] = runs.map(outcomes);
  expect(second).toEqual(first);
});
