import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PERSONAS, SANDBOX_CLIENT_ID, SANDBOX_SECRET, startSandbox } from '../../sandbox/server';

const MAIN = join(__dirname, '../../sandbox/main.ts');

function run(...options: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...options], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  const collect = (chunk: Buffer) => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return { child, output: () => output };
}

const exitCode = async (child: ChildProcess) => (await once(child, 'exit'))[0] as number | null;

describe('npm run sandbox', () => {
  test('prints the URL and the keys, answers there, and stops on Ctrl-C', async () => {
    const { child, output } = run('--port', '0', '--ready-after', '5');
    while (!output().includes('Ctrl-C')) await once(child.stdout, 'data');
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
    expect(output()).toContain(SANDBOX_CLIENT_ID);
    expect(output()).toContain(SANDBOX_SECRET);
    const response = await fetch(`${url}/user/get`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'plaid-client-id': SANDBOX_CLIENT_ID,
        'plaid-secret': SANDBOX_SECRET,
      },
      body: '{"user_id":"usr_demo_mei_lin"}',
    });
    expect(response.status).toBe(200);
    child.kill('SIGINT');
    expect(await exitCode(child)).toBe(0);
  });

  test('lists the personas in its help', async () => {
    const { child, output } = run('--help');
    expect(await exitCode(child)).toBe(0);
    for (const { user_id } of PERSONAS) expect(output()).toContain(user_id);
  });

  test('says so when the port is taken', async () => {
    const sandbox = await startSandbox();
    const { child, output } = run('--port', new URL(sandbox.url).port);
    expect(await exitCode(child)).toBe(1);
    expect(output()).toMatch(/Port \d+ is taken.*npm run sandbox -- --port \d+/);
    await sandbox.close();
  });

  test.each([
    [['--port', 'http'], /--port must be a whole number/],
    [['--prot', '1'], /Usage: npm run sandbox/],
  ])('explains %j', async (options, message) => {
    const { child, output } = run(...options);
    expect(await exitCode(child)).toBe(1);
    expect(output()).toMatch(message);
  });
});
