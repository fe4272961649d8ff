import { version } from '../../package.json';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import {
  hear,
  isTrigger,
  keptParameters,
  lost,
  ownNode,
  readPublished,
  replay,
  versions,
  workflowsOf,
} from '../support/published/published';
import { startScriptedServer, type ScriptedServer } from '../support/servers/scriptedServer';

/**
 * What a version's users have saved goes on to work in every later one (docs/versions.md): n8n keeps all of its parameters,
 * the same bytes go to Plaid, and everything that came out still does.
 */

let server: ScriptedServer;
let sandbox: Sandbox;

beforeAll(async () => {
  server = await startScriptedServer();
  sandbox = await startSandbox();
});
afterAll(() => Promise.all([server.close(), sandbox.close()]));

test('this version is frozen (npm run freeze)', () => {
  expect(versions()).toContain(version);
});

describe.each(versions())('workflows of %s', (of) => {
  test.each(workflowsOf(of))('%s', async (name) => {
    const published = readPublished(of, name);
    const node = ownNode(published.workflow);
    expect(keptParameters(node)).toEqual(node.parameters);
    if (isTrigger(published)) {
      expect(lost(published.output, await hear(published, sandbox))).toEqual([]);
      return;
    }
    const { requests, output } = await replay(published, server);
    expect(requests).toEqual(published.exchanges.map(({ request }) => request));
    expect(lost(published.output, output)).toEqual([]);
  });
});
