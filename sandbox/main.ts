import { parseArgs } from 'node:util';
import {
  DEMO_USERS,
  DISCONNECTED_USER,
  PERSONAS,
  startSandbox,
  type DemoUser,
  type Persona,
  type SentWebhook,
} from './server';

const USAGE = `Usage: npm run sandbox -- [--port <number>] [--ready-after <ms>] [--anywhere]

  --port         port on 127.0.0.1 (default 8787; 0 takes any free one)
  --ready-after  ms until a new report can be read (default 1500)
  --anywhere     send webhooks also beyond this machine and its network

It sends signed webhooks to the addresses that requests name, and prints each one. A receiver
verifies them as it does Plaid's: with the key from /webhook_verification_key/get.

Personas, applicants who show one thing each that real files hold:
${PERSONAS.map(describePersona).join('\n')}

docs/stand-in.md describes them, and how to give the same to another user.`;

interface Options {
  port: number;
  /** ms */
  readyAfterMs: number;
  anywhere: boolean;
  help: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      anywhere: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      port: { type: 'string', default: '8787' },
      'ready-after': { type: 'string', default: '1500' },
    },
  });
  return {
    help: values.help,
    anywhere: values.anywhere,
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

async function main({ port, readyAfterMs, anywhere, help }: Options): Promise<void> {
  if (help) return console.log(USAGE);
  const webhooks = { anywhere, onAttempt: (sent: SentWebhook) => console.log(describe(sent)) };
  const sandbox = await startSandbox({ port, readyAfterMs, webhooks }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE'
        ? new Error(`Port ${port} is taken. Try another one: npm run sandbox -- --port ${port + 1}`)
        : error;
    },
  );
  console.log(`Plaid stand-in on ${sandbox.url}

  client ID  ${sandbox.clientId}
  secret     ${sandbox.secret}

Applicants:
${DEMO_USERS.map(nameOf).join('\n')}
${nameOf(DISCONNECTED_USER)} (the bank requires a new login: reports fail)
  ${PERSONAS[0]?.user_id}, ... (${PERSONAS.length} personas: npm run sandbox -- --help)

A report is ready ${readyAfterMs} ms after it is created. Its webhook is sent at that time.
Webhooks are signed, and retried if they are not answered with 200 within 10 s. For Hosted Link, open
the hosted_link_url of a Link token. Press Ctrl-C to stop.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
}

function describePersona({ user_id, shows }: Persona): string {
  return `  ${user_id}\n    ${shows.replaceAll('`', '')}`;
}

const nameOf = (user: DemoUser): string =>
  `  ${user.user_id}  ${user.given_name} ${user.family_name}`;

/** One line about a webhook that was sent, without its content. */
function describe({ url, body, status, error, againInMs }: SentWebhook): string {
  const { webhook_type: type, webhook_code: code } = body as Record<string, unknown>;
  const again = againInMs === null ? '' : `, retry in ${againInMs / 1000} s`;
  const outcome = status === 200 ? 'arrived' : `${error ?? `answered ${status}`}${again}`;
  return `webhook ${String(type)} ${String(code)} to ${url}: ${outcome}`;
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
