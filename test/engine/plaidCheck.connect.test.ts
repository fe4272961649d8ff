import type { INodeParameters } from 'n8n-workflow';
import { monitoring, report } from '../support/applications';
import { startDeafServer, type DeafServer } from '../support/deafServer';
import { factsOf } from '../support/failures';
import { byFields, CREATE, MONITORING, runPlaidCheck, withOptions } from '../support/runPlaidCheck';

const OPTIONS = {
  connectTimeout: 0.3,
  retry: { values: { maxAttempts: 3, interval: 0, maxInterval: 0 } },
};

const READ = withOptions(byFields(MONITORING, monitoring()), OPTIONS);
const MAKE = withOptions(byFields(CREATE, report()), OPTIONS);

const KINDS: Array<[string, INodeParameters]> = [
  ['reads', READ],
  ['creates or bills', MAKE],
];

let server: DeafServer;

afterEach(() => server.close());

describe.each(KINDS)('a request that %s, to a host that lets nobody in', (_, parameters) => {
  test('is tried again, as nothing has been sent, and fails with what to do', async () => {
    server = await startDeafServer();
    await server.goDeaf();
    const run = await runPlaidCheck(server, parameters, [{}], { onError: 'continueRegularOutput' });
    const { attempts, ...facts } = factsOf(run);
    expect(facts).toMatchObject({
      kind: 'connection_failed',
      message: `${server.host} could not be reached within 0.3 seconds`,
      next_step: expect.stringMatching(/^Check the network.*option Connect Timeout/),
    });
    expect(facts.next_step).not.toMatch(/gone through/);
    expect(attempts).toHaveLength(3);
    server.listenAgain();
    expect(await server.answered()).toBe(0);
  });

  test('is done once if it lets in a later attempt', async () => {
    server = await startDeafServer();
    await server.goDeaf();
    const forLong = withOptions(parameters, {
      ...OPTIONS,
      includeAttempts: true,
      retry: { values: { maxAttempts: 50, interval: 0, maxInterval: 0 } },
    });
    const running = runPlaidCheck(server, forLong);
    setTimeout(() => server.listenAgain(), 500);
    const { json } = await running;
    expect(json).toEqual([expect.objectContaining({ request_id: 'late' })]);
    const { attempts } = json[0] as { attempts: Array<{ result: string }> };
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.map(({ result }) => result)).toEqual([
      ...attempts.slice(1).map(() => 'connection_failed'),
      'ok',
    ]);
    expect(await server.answered()).toBe(1);
  });

  test('is not cut short by the time to connect once it is connected', async () => {
    server = await startDeafServer(900);
    const { json } = await runPlaidCheck(server, parameters);
    expect(json).toEqual([{ request_id: 'late' }]);
    expect(await server.answered()).toBe(1);
  });

  test('fails by the whole time where that is shorter', async () => {
    server = await startDeafServer();
    await server.goDeaf();
    const brief = withOptions(parameters, {
      timeout: 0.2,
      connectTimeout: 10,
      retry: { values: { maxAttempts: 1 } },
    });
    const { attempts, ...facts } = factsOf(
      await runPlaidCheck(server, brief, [{}], { onError: 'continueRegularOutput' }),
    );
    expect(facts).toMatchObject({
      kind: 'timeout',
      message: `${server.host} did not answer within 0.2 seconds`,
    });
    expect(attempts).toHaveLength(1);
  });
});
