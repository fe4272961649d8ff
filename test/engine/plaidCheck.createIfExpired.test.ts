import { startSandbox, type Sandbox } from '../../sandbox/server';
import { plaidError } from '../support/faults/failures';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { AMARA, report } from '../support/samples/applications';
import { BASE_REPORT, goOn, ifExpired, settings } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  ONE_BY_ONE,
  runPlaidCheck,
  withOptions,
} from '../support/workflows/runPlaidCheck';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ readyAfterMs: 300 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

describe('Create Report If Expired', () => {
  const read = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), ifExpired);

  test('makes a report where there is none, once, and reads it', async () => {
    const { json } = await runPlaidCheck(sandbox, read);
    expect(json).toMatchObject([{ report: expect.any(Object) }]);
    expect(sandbox.requests.find(({ path }) => path === CREATE.path)?.json).toEqual(report());
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('makes one where it has expired', async () => {
    await runPlaidCheck(sandbox, read);
    sandbox.clock.advance(25 * 60 * 60 * 1000);
    const { json } = await runPlaidCheck(sandbox, read);
    expect(json).toMatchObject([{ report: expect.any(Object) }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(2);
  });

  test('makes none where there is one', async () => {
    await runPlaidCheck(sandbox, read);
    await runPlaidCheck(sandbox, read);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('makes one report where several items name the same user', async () => {
    const { json } = await runPlaidCheck(sandbox, read, [{}, {}, {}]);
    expect(json).toEqual(json.map(() => expect.objectContaining({ report: expect.any(Object) })));
    expect(json).toHaveLength(3);
    expect(sandbox.reportsCreated(AMARA)).toBe(1);
  });

  test('two runs at the same time make one report', async () => {
    // Slow enough that both find nothing first.
    const slow = { kind: 'slow_first_byte' as const, ms: 300 };
    sandbox.faults.set({
      rules: [BASE_REPORT, CREATE].map(({ path }) => ({ path, faults: [slow] })),
    });
    try {
      const runs = await Promise.all([1, 2].map(() => runPlaidCheck(sandbox, read, [{}, {}])));
      const outputs = runs.flatMap(({ json }) => json);
      expect(outputs).toEqual(
        Array.from({ length: 4 }, () => expect.objectContaining({ report: expect.any(Object) })),
      );
      expect(sandbox.reportsCreated(AMARA)).toBe(1);
    } finally {
      sandbox.faults.set({});
    }
  });

  test('is not passed over where it was added but not filled in', async () => {
    const empty = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), { createIfExpired: {} });
    const { json } = await runPlaidCheck(sandbox, empty, [{}], goOn);
    expect(json).toMatchObject([{ error: { kind: 'invalid_request' } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test('says that a shared report can not be made anew', async () => {
    const shared = byFields(BASE_REPORT, { third_party_user_token: 'third-party-token' });
    const { json } = await runPlaidCheck(sandbox, withOptions(shared, ifExpired), [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          problems: [
            { path: 'Create Report If Expired', message: expect.stringContaining('shares') },
          ],
        },
      },
    ]);
  });

  describe.each([
    ['at once', {}],
    ['one after the other', ONE_BY_ONE],
  ])('for items of one user, sent %s', (_, how) => {
    const asked = (values: object) =>
      withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
        ...how,
        createIfExpired: { values: { ...settings, ...values } },
      });

    test('is refused by name where they ask for different reports', async () => {
      const { json } = await runPlaidCheck(
        sandbox,
        asked({ days_requested: '={{ $json.days }}' }),
        [{ days: 90 }, { days: 365 }],
        goOn,
      );
      expect(json[0]).toHaveProperty('report');
      expect(json[1]).toMatchObject({
        error: {
          kind: 'report_conflict',
          message: expect.stringContaining('different days_requested'),
          problems: [{ path: 'Create Report If Expired.days_requested' }],
          may_have_succeeded: false,
        },
      });
      expect(sandbox.reportsCreated(AMARA)).toBe(1);
    });

    test('is made once where they ask for the same one', async () => {
      const { json } = await runPlaidCheck(
        sandbox,
        asked({ days_requested: '={{ $json.days }}' }),
        [{ days: 90 }, { days: '90' }],
        goOn,
      );
      expect(json).toMatchObject([{ report: {} }, { report: {} }]);
      expect(sandbox.reportsCreated(AMARA)).toBe(1);
    });
  });

  test('is checked before anything is sent', async () => {
    const values = { ...settings, days_requested: 0 };
    const wrong = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
      createIfExpired: { values },
    });
    const { json } = await runPlaidCheck(sandbox, wrong, [{}], goOn);
    expect(json).toMatchObject([
      {
        error: {
          kind: 'invalid_request',
          problems: [{ path: 'Create Report If Expired.days_requested' }],
        },
      },
    ]);
    expect(sandbox.requests).toEqual([]);
  });

  test('is off by itself: a missing report is an error', async () => {
    const { json } = await runPlaidCheck(
      sandbox,
      byFields(BASE_REPORT, { user_id: AMARA }),
      [{}],
      goOn,
    );
    expect(json).toMatchObject([{ error: { error_code: 'CONSUMER_REPORT_NOT_FOUND' } }]);
    expect(sandbox.reportsCreated(AMARA)).toBe(0);
  });
});

test("a creation that Plaid rejected stands in no other item's way", async () => {
  const server = await startScriptedServer();
  try {
    let isMade = false;
    server.play((response, request, index) => {
      const { days_requested } = request.json as { days_requested?: number };
      if (request.path !== CREATE.path) {
        return isMade
          ? answer(200, { report: {}, request_id: 'read' })(response, request, index)
          : answer(400, plaidError('CONSUMER_REPORT_ERROR', 'CONSUMER_REPORT_NOT_FOUND', 'none'))(
              response,
              request,
              index,
            );
      }
      isMade = days_requested !== 90;
      return isMade
        ? answer(200, { request_id: 'made' })(response, request, index)
        : answer(400, plaidError('INVALID_INPUT', 'INVALID_FIELD', 'days'))(
            response,
            request,
            index,
          );
    });
    const get = withOptions(byFields(BASE_REPORT, { user_id: AMARA }), {
      ...ONE_BY_ONE,
      createIfExpired: {
        values: { ...settings, days_requested: '={{ $json.days }}' },
      },
    });
    const { json } = await runPlaidCheck(server, get, [{ days: 90 }, { days: 365 }], goOn);
    expect(json).toMatchObject([{ error: { error_code: 'INVALID_FIELD' } }, { report: {} }]);
  } finally {
    await server.close();
  }
});
