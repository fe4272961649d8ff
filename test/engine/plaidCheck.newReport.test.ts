import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { BASE_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';
import { answer, reset, startScriptedServer, type Script } from '../support/servers/scriptedServer';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe('waiting for a new report', () => {
  const OLD = '2026-01-15T08:00:00Z';
  const BASE = BASE_REPORT.path;
  const created = answer(200, { request_id: 'created' });
  const reportOf = (facts: object) =>
    answer(200, { report: { report_id: 'r', ...facts }, request_id: 'read' });
  const error = (status: number, type: string, code: string) =>
    answer(status, plaidError(type, code, code));
  const notReady = error(400, 'CONSUMER_REPORT_ERROR', 'PRODUCT_NOT_READY');
  const down = error(503, 'API_ERROR', 'INTERNAL_SERVER_ERROR');
  const now = () => new Date(Date.now() + 1000).toISOString();

  /** Runs Create, whose reads are answered by the scripts in turn, the last one from then on. */
  async function waiting(reads: ReadonlyArray<() => Script>, maxWait = 30, asked = report()) {
    const plaid = await startScriptedServer();
    try {
      let read = 0;
      plaid.play((response, request, index) => {
        const script =
          request.path === BASE ? reads[Math.min(read++, reads.length - 1)]?.() : created;
        script?.(response, request, index);
      });
      const retry = { retry: { values: { maxAttempts: 3, interval: 0 } } };
      const parameters = withOptions(byFields(CREATE, asked), { ...wait(maxWait), ...retry });
      const { json } = await runPlaidCheck(plaid, parameters, [{}], goOn);
      const paths = plaid.requests.map(({ path }) => path);
      return {
        item: json[0],
        creations: paths.filter((path) => path === CREATE.path).length,
        reads: paths.filter((path) => path === BASE).length,
      };
    } finally {
      await plaid.close();
    }
  }

  test('an older report is not the new one', async () => {
    const old = () => reportOf({ date_generated: OLD });
    const { item, creations, reads } = await waiting([
      old,
      old,
      () => reportOf({ date_generated: now() }),
    ]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect({ creations, reads }).toEqual({ creations: 1, reads: 3 });
  });

  test('neither is one with another client report ID, whatever its time', async () => {
    const { item, reads } = await waiting(
      [
        () => reportOf({ date_generated: now(), client_report_id: 'loan-1' }),
        () => reportOf({ date_generated: now(), client_report_id: 'loan-2' }),
      ],
      30,
      { ...report(), client_report_id: 'loan-2' } as ReturnType<typeof report>,
    );
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(reads).toBe(2);
  });

  test('an older report that Plaid keeps readable meanwhile is not taken for it', async () => {
    const keeping = await startSandbox({ readyAfterMs: 1000, keepsOldReport: true });
    try {
      const create = withOptions(byFields(CREATE, report()), wait(30));
      const read = async () => {
        const { json } = await runPlaidCheck(keeping, byFields(BASE_REPORT, { user_id: AMARA }));
        return (json[0] as { report: { report_id: string } }).report.report_id;
      };
      await runPlaidCheck(keeping, create);
      const old = await read();
      // Plaid's times are whole seconds.
      await sleep(2100);
      const { json } = await runPlaidCheck(keeping, create);
      expect(json).toMatchObject([{ report_status: 'ready' }]);
      expect((json[0] as { waited_ms: number }).waited_ms).toBeGreaterThanOrEqual(900);
      expect(await read()).not.toBe(old);
    } finally {
      await keeping.close();
    }
  });

  test('one that does not say when it was made is taken for the new one', async () => {
    const { item, reads } = await waiting([() => reportOf({})]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(reads).toBe(1);
  });

  test('the end of the wait tells that only an older one was there', async () => {
    const { item, creations } = await waiting([() => reportOf({ date_generated: OLD })], 1);
    expect(item).toMatchObject({
      error: {
        kind: 'not_ready',
        message: expect.stringContaining('Plaid still returns an older one'),
        next_step: expect.stringContaining('A report was created (request_id created)'),
        may_have_succeeded: true,
      },
    });
    expect(creations).toBe(1);
  });

  test('a short outage does not end it', async () => {
    const outage = [down, down, down, down, reset, reset, reset].map((script) => () => script);
    const { item, creations, reads } = await waiting([
      () => notReady,
      ...outage,
      () => reportOf({ date_generated: now() }),
    ]);
    expect(item).toMatchObject({ report_status: 'ready' });
    expect(creations).toBe(1);
    expect(reads).toBe(9);
  });

  test('an outage until Max Wait tells the last error', async () => {
    const { item } = await waiting([() => notReady, () => down], 2);
    expect(item).toMatchObject({
      error: {
        kind: 'not_ready',
        message: expect.stringMatching(
          /not ready within 2 seconds; the last poll failed: .*INTERNAL/,
        ),
        error_code: 'INTERNAL_SERVER_ERROR',
        request_id: 'req-4kT1',
        next_step: expect.stringContaining('A report was created'),
      },
    });
  });

  test('an error that no wait mends ends it at once', async () => {
    const refused = error(400, 'INVALID_INPUT', 'INVALID_API_KEYS');
    const { item, reads } = await waiting([() => refused]);
    expect(item).toMatchObject({ error: { error_code: 'INVALID_API_KEYS' } });
    expect(reads).toBe(1);
  });

  test.each(['poll', 'webhook'])(
    'Max Wait of %s has an end: nothing is sent beyond it',
    async (waitMode) => {
      const values = { maxWait: 9e12, waitMode };
      const parameters = withOptions(byFields(CREATE, report()), { waitUntilReady: { values } });
      const { json } = await runPlaidCheck(sandbox, parameters, [{}], goOn);
      expect(json).toMatchObject([
        {
          error: {
            kind: 'not_sent',
            message: expect.stringContaining(
              'Wait Until Ready > Max Wait (Seconds) must be a number from 1 to 604800',
            ),
          },
        },
      ]);
      expect(sandbox.requests).toEqual([]);
    },
  );
});
