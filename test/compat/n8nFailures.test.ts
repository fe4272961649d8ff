import { monitoring, report } from '../support/samples/applications';
import { factsOf, readable } from '../support/faults/failures';
import { DATABASE_FAILURES } from '../support/faults/n8nFailures';
import { listenTrigger } from '../support/workflows/listenTrigger';
import {
  byFields,
  CREATE,
  MONITORING,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { startSandbox } from '../../sandbox/server';

/** n8n reads the credential from its database, which may restart at any time. Nothing has left by then. */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
beforeEach(() => server.play(answer(200, { request_id: 'r' })));
afterAll(() => server.close());

const USERS = Array.from({ length: 30 }, (_, index) => ({ user: `usr_${index}` }));
const create = withOptions(byFields(CREATE, report('={{ $json.user }}')), ONE_BY_ONE);
const read = byFields(MONITORING, monitoring('={{ $json.user }}'));
const goOn = { onError: 'continueRegularOutput' } as const;

/** Fails n8n's reads number `from` up to `to`, counted from 1. */
function failing(thrown: unknown, from: number, to: number) {
  let reads = 0;
  return async () => {
    reads++;
    if (reads >= from && reads <= to) throw thrown;
  };
}

const [, SHUTDOWN] = DATABASE_FAILURES[0] ?? [];
const userOf = ({ json }: { json: unknown }) => (json as { user_id: string }).user_id;

test('every failure is told as one of n8n, which has left nothing behind, and may be retried', async () => {
  const runs = DATABASE_FAILURES.map(async ([name, thrown]) => {
    const options = { onCredentialRead: failing(thrown, 1, Infinity) };
    const run = (settings: object) =>
      runPlaidCheck(server, create, USERS.slice(0, 2), settings, options);
    const [went, stopped] = await Promise.all([run(goOn), run({})]);
    return { name, facts: [factsOf(went, 0), factsOf(went, 1)], error: stopped.error };
  });
  for (const { name, facts, error } of await Promise.all(runs)) {
    for (const { kind, message, next_step, may_have_succeeded, attempts } of facts) {
      expect({ name, kind, may_have_succeeded, attempts }).toEqual({
        name,
        kind: 'n8n_failed',
        may_have_succeeded: false,
        attempts: undefined,
      });
      expect(message).toMatch(/^Not sent: n8n could not read the credential/);
      expect(next_step).toMatch(/^Nothing was sent to Plaid, so a retry is safe\..* its database/);
    }
    expect(error?.message).toMatch(
      /^Not sent: all 2 items have the same problem: n8n could not read the credential/,
    );
    expect(readable(error?.description)).not.toMatch(/may have succeeded/);
  }
  expect(server.requests).toEqual([]);
}, 60_000);

test.each([
  ['creates or bills', create, { user_id: 'usr_0', request_id: 'r' }],
  // A report in full is Plaid's answer as it is.
  ['reads', read, { request_id: 'r' }],
])(
  'a request that %s waits for a database that restarts, and is sent once',
  async (_, node, output) => {
    const options = { onCredentialRead: failing(SHUTDOWN, 1, 3) };
    const { json } = await runPlaidCheck(server, node, USERS.slice(0, 1), {}, options);
    expect(json).toEqual([output]);
    expect(server.requests).toHaveLength(1);
  },
);

test.each([2, 17, 31])(
  'a database that fails for good from its read %d loses no item of a run that is being sent',
  async (from) => {
    // n8n reads it for every item before the first request, to see that it is the same for all.
    const reads = from > USERS.length ? failing(SHUTDOWN, from, Infinity) : undefined;
    const restarts = reads ?? failing(SHUTDOWN, from, from + 2);
    const { json } = await runPlaidCheck(server, create, USERS, goOn, {
      onCredentialRead: restarts,
    });
    expect(json).toEqual(USERS.map(({ user }) => ({ user_id: user, request_id: 'r' })));
    expect(server.requests.map(userOf)).toEqual(USERS.map(({ user }) => user));
  },
);

test('Stop ends the wait for the database', async () => {
  const stop = new AbortController();
  const onCredentialRead = async () => {
    stop.abort();
    throw SHUTDOWN;
  };
  const options = { signal: stop.signal, onCredentialRead };
  const { status } = await runPlaidCheck(server, create, USERS.slice(0, 1), {}, options);
  expect(status).toBe('canceled');
  expect(server.requests).toEqual([]);
});

test('a webhook that comes meanwhile is not taken for forged: Plaid is asked to deliver it again', async () => {
  const sandbox = await startSandbox();
  const options = { onCredentialRead: failing(SHUTDOWN, 1, Infinity) };
  const trigger = await listenTrigger(sandbox, {}, options);
  const body = JSON.stringify({ webhook_type: 'CHECK_REPORT', webhook_code: 'CHECK_REPORT_READY' });
  const { status } = await trigger.post(body, sandbox.signWebhook(body));
  expect(status).toBe(503);
  expect(trigger.warnings().join()).toContain('n8n could not read the credential');
  await Promise.all([trigger.close(), sandbox.close()]);
});
