import { factsOf } from '../support/faults/failures';
import { startDeafServer } from '../support/servers/deafServer';
import { report } from '../support/samples/applications';
import { byFields, CREATE, runPlaidCheck, withOptions } from '../support/workflows/runPlaidCheck';

/** Longer than the system tries to connect: 127 s on Linux. */
const SYSTEM_TIMEOUT_MS = 145_000;

test(
  'by default, a host that lets nobody in is told apart from one that is silent',
  async () => {
    const deaf = await startDeafServer();
    await deaf.goDeaf();
    const create = withOptions(byFields(CREATE, report()), {
      retry: { values: { maxAttempts: 1 } },
    });
    const outcome = await runPlaidCheck({ url: deaf.url }, create, [{}], {
      onError: 'continueRegularOutput',
    });
    const { kind, may_have_succeeded, next_step } = factsOf(outcome);
    deaf.listenAgain();
    expect(await deaf.heard()).toEqual({ connections: 0, requests: 0 });
    await deaf.close();
    expect({ kind, may_have_succeeded }).toEqual({
      kind: 'connection_failed',
      may_have_succeeded: false,
    });
    expect(next_step).toMatch(/^Check /);
  },
  SYSTEM_TIMEOUT_MS,
);
