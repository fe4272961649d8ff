import { startSandbox, type Sandbox } from '../../sandbox/server';
import { AMARA, DANIEL, report } from '../support/samples/applications';
import { plaidError } from '../support/faults/failures';
import { BASE_REPORT, goOn, wait } from '../support/workflows/reportRuns';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const paths = () => sandbox.requests.map(({ path }) => path);

describe('Wait Until Ready', () => {
  test('Create comes back when the report can be read', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(CREATE, report()), wait(30)),
    );
    expect(json).toEqual([
      {
        request_id: expect.any(String),
        user_id: AMARA,
        report_status: 'ready',
        waited_ms: expect.any(Number),
      },
    ]);
    expect(paths()[0]).toBe(CREATE.path);
    expect(
      paths()
        .slice(1)
        .every((path) => path === BASE_REPORT.path),
    ).toBe(true);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('reports are created before others are polled for', async () => {
    const items = Array.from({ length: 40 }, () => ({ user: AMARA }));
    const slow = { throttling: { values: { concurrency: 2 } } };
    const { json } = await runPlaidCheck(
      sandbox,
      withOptions(byFields(CREATE, report('={{ $json.user }}')), { ...wait(30), ...slow }),
      items,
    );
    expect(json).toEqual(items.map(() => expect.objectContaining({ report_status: 'ready' })));
    const lastCreated = paths().lastIndexOf(CREATE.path);
    const polls = paths().slice(0, lastCreated).length - (items.length - 1);
    expect(polls).toBeLessThanOrEqual(3);
  });

  test('a read returns the report, for many items concurrently', async () => {
    const users = [AMARA, DANIEL];
    await runPlaidCheck(
      sandbox,
      byFields(CREATE, report('={{ $json.user }}')),
      users.map((user) => ({ user })),
    );
    const read = withOptions(byFields(BASE_REPORT, { user_id: '={{ $json.user }}' }), wait(30));
    const { json } = await runPlaidCheck(
      sandbox,
      read,
      users.map((user) => ({ user })),
    );
    expect(json).toEqual(users.map(() => expect.objectContaining({ report: expect.any(Object) })));
  });

  test('a report that could not be made is told of as that, and not as one to read', async () => {
    const plaid = await startScriptedServer();
    try {
      const why = plaidError('CHECK_REPORT_ERROR', 'DATA_UNAVAILABLE', 'not enough data');
      plaid.play((response, request, index) => {
        const play =
          request.path === CREATE.path ? answer(200, { request_id: 'made-1' }) : answer(400, why);
        play(response, request, index);
      });
      const { json } = await runPlaidCheck(
        plaid,
        withOptions(byFields(CREATE, report()), wait(5)),
        [{}],
        goOn,
      );
      const [{ error }] = json as [{ error: Record<string, unknown> }];
      expect(error).toMatchObject({
        kind: 'report_failed',
        error_code: 'DATA_UNAVAILABLE',
        message: 'Plaid could not make the report: not enough data (DATA_UNAVAILABLE)',
        next_step: expect.stringContaining("Link's update mode"),
      });
      expect(error.next_step).not.toMatch(/Get Base Report/);
    } finally {
      await plaid.close();
    }
  });

  test('an item whose report takes too long fails, and says not to create it again', async () => {
    const slow = await startSandbox({ readyAfterMs: 60_000 });
    try {
      const { json } = await runPlaidCheck(
        slow,
        withOptions(byFields(CREATE, report()), wait(1)),
        [{}],
        goOn,
      );
      expect(json).toMatchObject([
        {
          error: {
            kind: 'not_ready',
            error_code: 'PRODUCT_NOT_READY',
            message: 'The report was not ready within 1 seconds (PRODUCT_NOT_READY)',
            next_step: expect.stringContaining('Do not create it again'),
          },
        },
      ]);
      expect(slow.reportsCreated(AMARA)).toBe(1);
    } finally {
      await slow.close();
    }
  });

  test('a report that Plaid does not see right after it was created is waited for', async () => {
    const plaid = await startScriptedServer();
    try {
      const none = plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_EXPIRED', 'expired');
      plaid.play((response, request, index) => {
        const play = index === 1 ? answer(400, none) : answer(200, { request_id: `r${index}` });
        play(response, request, index);
      });
      const { json } = await runPlaidCheck(
        plaid,
        withOptions(byFields(CREATE, report()), wait(30)),
      );
      expect(json).toMatchObject([{ request_id: 'r0', report_status: 'ready' }]);
      expect(plaid.requests).toHaveLength(3);
    } finally {
      await plaid.close();
    }
  });

  test('a look that fails says that a report was created, and by which request', async () => {
    const plaid = await startScriptedServer();
    try {
      const refused = plaidError('INVALID_INPUT', 'INVALID_PRODUCT', 'not enabled');
      plaid.play((response, request, index) => {
        const play = index === 0 ? answer(200, { request_id: 'made-1' }) : answer(400, refused);
        play(response, request, index);
      });
      const create = withOptions(byFields(CREATE, report()), wait(30));
      const { json } = await runPlaidCheck(plaid, create, [{}], goOn);
      expect(json).toMatchObject([
        {
          error: {
            error_code: 'INVALID_PRODUCT',
            message: expect.stringContaining('A report was created'),
            next_step: expect.stringMatching(/request_id made-1.*Do not create it again/),
          },
        },
      ]);
    } finally {
      await plaid.close();
    }
  });

  test('an error of another kind ends the wait at once', async () => {
    const read = withOptions(byFields(BASE_REPORT, { user_id: 'usr_nobody' }), wait(60));
    const { json } = await runPlaidCheck(sandbox, read, [{}], goOn);
    expect(json).toMatchObject([{ error: { error_code: 'USER_NOT_FOUND' } }]);
    expect(sandbox.requests).toHaveLength(1);
  });
});
