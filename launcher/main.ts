import { parseArgs } from 'node:util';
import { whenAbandoned } from './abandoned';
import { EditorProblem, startEditor, type Editor } from './index';

const USAGE = `Usage: npm start -- [--port <number>] [--sandbox-port <number>]

  --port          n8n's port on 127.0.0.1 (default 5700; 0 uses any free port)
  --sandbox-port  the port of the local stand-in for Plaid (default 8790)`;

const OLDEST_NODE = [20, 19] as const;

function readOptions(): { port: number; sandboxPort: number } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5700' },
      'sandbox-port': { type: 'string', default: '8790' },
    },
  });
  return {
    port: portFrom('--port', values.port),
    sandboxPort: portFrom('--sandbox-port', values['sandbox-port']),
  };
}

function portFrom(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new EditorProblem(
      `${option} must be a number from 0 to 65535, got "${text}"\n\n${USAGE}`,
    );
  }
  return value;
}

function checkNodeVersion(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return;
  throw new EditorProblem(
    `This project requires Node.js ${OLDEST_NODE.join('.')} or later. You have ${process.version}.`,
  );
}

function greeting({ url, email, password, sandbox }: Editor): string {
  return `
  n8n with Plaid Check  ${url}
  sign in with          ${email}
  password              ${password}
  stand-in for Plaid    ${sandbox.url}  (credential "Plaid Check sandbox")

Click first
  1. ${url}/workflow/plaidUnderwrite1
     "Execute workflow": five applicants, their reports and a decision with reasons for each.
  2. ${url}/workflow/plaidLifeApply01
     "Execute workflow", then open a send_to address of the node Invitation: what happens next is in the
     executions of part 2, ${url}/workflow/plaidLifeReport1/executions
  3. ${url}/workflow/new
     The README's "A first workflow": four steps from a new person to a report.

Ctrl-C stops everything.`;
}

async function main(): Promise<void> {
  checkNodeVersion();
  const options = readOptions();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort());
  }
  whenAbandoned(() => stopping.abort());
  const stopAsked = new Promise<'asked'>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve('asked'));
  });
  try {
    const editor = await startEditor({
      ...options,
      tell: (line) => console.log(line),
      signal: stopping.signal,
    });
    console.log(greeting(editor));
    const outcome = await Promise.race([stopAsked, editor.crashed]);
    if (outcome === 'asked') console.log('\nStopping');
    await editor.stop();
    if (outcome !== 'asked') {
      throw new EditorProblem(
        `n8n stopped unexpectedly. The end of its output:\n\n${ending(editor.log())}`,
      );
    }
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
  }
}

const ending = (text: string) => text.trim().split('\n').slice(-8).join('\n');

main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof EditorProblem) console.error(`\n${message}`);
  else if (code === 'ENOSPC')
    console.error('\nThe disk is full. Free some space and run the command again.');
  else if (code?.startsWith('ERR_PARSE_ARGS')) console.error(`\n${message}\n\n${USAGE}`);
  else console.error(error);
  process.exitCode = 1;
});
