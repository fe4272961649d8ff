import { parseArgs } from 'node:util';
import { DEMO_USERS, startSandbox } from './server';

const USAGE = `Usage: npm run sandbox -- [--port <number>] [--ready-after <ms>]

  --port         port on 127.0.0.1 (default 8787; 0 takes any free one)
  --ready-after  ms until a new report can be read (default 1500)`;

interface Options {
  port: number;
  /** ms */
  readyAfterMs: number;
  help: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      port: { type: 'string', default: '8787' },
      'ready-after': { type: 'string', default: '1500' },
    },
  });
  return {
    help: values.help,
    port: wholeNumber('--port', values.port, 65_535),
    readyAfterMs: wholeNumber('--ready-after', values['ready-after'], Number.MAX_SAFE_INTEGER),
  };
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new Error(`${option} must be a whole number from 0 to ${max}, got "${text}"`);
  }
  return value;
}

async function main({ port, readyAfterMs, help }: Options): Promise<void> {
  if (help) return console.log(USAGE);
  const sandbox = await startSandbox({ port, readyAfterMs }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE'
        ? new Error(`Port ${port} is taken; try another one: npm run sandbox -- --port ${port + 1}`)
        : error;
    },
  );
  console.log(`Plaid stand-in on ${sandbox.url}

  client ID  ${sandbox.clientId}
  secret     ${sandbox.secret}

Applicants it knows:
${DEMO_USERS.map((user) => `  ${user.user_id}  ${user.given_name} ${user.family_name}`).join('\n')}

A report can be read ${readyAfterMs} ms after it was created. Ctrl-C stops.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
}

function fail(error: Error): void {
  console.error(error.message);
  process.exitCode = 1;
}

try {
  main(readOptions()).catch(fail);
} catch (error) {
  fail(new Error(`${(error as Error).message}\n\n${USAGE}`));
}
