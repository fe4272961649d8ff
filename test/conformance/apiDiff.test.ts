import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { lockedVersion } from './api/npm';
import { isNewer } from './api/version';

const ROOT = join(__dirname, '..', '..');
const DIFF = join(__dirname, 'api', 'diff.ts');

/** Stands in for npm, so that no test needs a network: it tells a version and packs the SDK in a folder. */
const NPM = `#!/usr/bin/env node
const { execFileSync } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const [, , command, spec, ...rest] = process.argv;
appendFileSync(process.env.NPM_LOG, [command, spec, ...rest].join(' ') + '\\n');
if (command === 'view') {
  if (!process.env.NPM_NEWEST) { console.error('npm error code ENOTFOUND'); process.exit(1); }
  console.log(process.env.NPM_NEWEST);
} else {
  const folder = rest[rest.indexOf('--pack-destination') + 1];
  execFileSync('tar', ['-czf', folder + '/plaid.tgz', '-C', process.env.NPM_SDK, 'package']);
}
`;

let folder: string;
let locked: string;

beforeAll(async () => {
  locked = await lockedVersion();
  folder = await mkdtemp(join(tmpdir(), 'api-diff-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'npm'), NPM);
  await chmod(join(folder, 'bin', 'npm'), 0o755);
  await pack(
    'same',
    (declarations) => declarations,
    (code) => code,
  );
  await pack('next', nextDeclarations, nextCode);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A package of the SDK, made from the installed one. */
async function pack(
  name: string,
  declarations: (text: string) => string,
  code: (text: string) => string,
): Promise<void> {
  const dist = join(folder, name, 'package', 'dist');
  await mkdir(dist, { recursive: true });
  const read = (file: string) => readFile(require.resolve(`plaid/dist/${file}`), 'utf8');
  await writeFile(join(dist, 'api.d.ts'), declarations(await read('api.d.ts')));
  await writeFile(join(dist, 'api.js'), code(await read('api.js')));
}

/** Replaces the first occurrence, and throws where there is none: a change that does nothing would prove nothing. */
function changed(text: string, from: string | RegExp, to: (found: string) => string): string {
  const found = typeof from === 'string' ? from : from.exec(text)?.[0];
  if (!found || !text.includes(found)) throw new Error(`The SDK has no ${String(from)}`);
  return text.replace(found, () => to(found));
}

/**
 * A made-up next SDK: a path, a field, a value, a field of an answer and two webhooks more, one value less, and two fields that are
 * not what they were.
 */
function nextDeclarations(text: string): string {
  const named = (one: string) =>
    one
      .replaceAll('CraReportGet', 'CraReportForecast')
      .replaceAll('craReportGet', 'craReportForecast');
  const method = /^ {4}craReportGet\(.*\n/m;
  const api = text.indexOf('export declare class PlaidApi ');
  const withMethod =
    text.slice(0, api) + changed(text.slice(api), method, (found) => found + named(found));
  const withField = changed(
    withMethod,
    'export interface CraReportGetRequest {',
    (found) => `${found}\n    forecast_days?: number | null;`,
  );
  const withValue = changed(
    withField,
    'export declare enum CraReportDecisionStage {',
    (found) => `${found}\n    Collections = "COLLECTIONS",`,
  );
  const withoutValue = changed(withValue, /^ {4}CraQualify = "cra_qualify",\n/m, () => '');
  const withAnswer = changed(
    withoutValue,
    'export interface CraReportGetResponse {',
    (found) => `${found}\n    forecast?: { outlook: string; } | null;`,
  );
  const withRequired = changed(
    withAnswer,
    /export interface CraCheckReportCreateRequest \{[\s\S]*?client_report_id\?: string[^;]*/,
    (found) => found.replace('client_report_id?', 'client_report_id'),
  );
  const withOtherType = changed(
    withRequired,
    /export interface CraCheckReportCreateRequest \{[\s\S]*?\n {4}days_requested\??: number/,
    (found) => found.replace(/number$/, 'string'),
  );
  return `${withOtherType}
export interface CraReportForecastRequest { user_id: string; horizon: CraReportForecastHorizon; }
export declare enum CraReportForecastHorizon { Month = "MONTH", Year = "YEAR" }
export interface CraReportForecastResponse { request_id: string; }
${webhook('CRA_REPORT_FORECAST')}
${webhook('CRA_REPORT_READY')}`;
}

const webhook = (code: string) => `
export interface ${code.replaceAll('_', '')}Webhook {
    /** \`CRA_REPORT\` */
    webhook_type: string;
    /** \`${code}\` */
    webhook_code: string;
    user_id: string;
}`;

const nextCode = (text: string) =>
  changed(
    text,
    /^ {8}craReportGet: \([^\n]*=> __awaiter[\s\S]*?method: 'POST'[\s\S]*?^ {8}\}\),\n/m,
    (found) =>
      found +
      found
        .replaceAll('craReportGet', 'craReportForecast')
        .replace('report/get', 'report/forecast'),
  );

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The calls of npm. */
  readonly calls: readonly string[];
}

/** Runs the script as `npm run api:diff` does, with the npm above. */
async function diff(
  words: readonly string[],
  { newest = '', sdk = 'same' }: { newest?: string; sdk?: string },
): Promise<Run> {
  const log = join(folder, 'npm.log');
  await writeFile(log, '');
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    PATH: join(folder, 'bin') + delimiter + String(process.env.PATH),
    NPM_LOG: log,
    NPM_NEWEST: newest,
    NPM_SDK: join(folder, sdk),
  };
  const outcome = await new Promise<Omit<Run, 'calls'>>((resolve) => {
    const args = ['--import', 'tsx', DIFF, ...words];
    execFile(process.execPath, args, { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
  const calls = (await readFile(log, 'utf8')).split('\n').filter(Boolean);
  return { ...outcome, calls };
}

test('a newer version on npm fails with a clear text and all that it adds', async () => {
  const { code, stdout, stderr, calls } = await diff([], { newest: '48.0.0', sdk: 'next' });
  expect(stderr).toContain(`npm has plaid 48.0.0, newer than ${locked} in package-lock.json.`);
  expect(code).toBe(1);
  expect(calls[0]).toBe('view plaid version --loglevel error');
  expect(calls.slice(1)).toEqual([expect.stringMatching(/^pack plaid@48\.0\.0 /)]);
  const lines = stdout.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Paths added (1):',
      '  /cra/report/forecast',
      '  /cra/report/forecast horizon',
      '  /cra/report/forecast horizon "MONTH"',
      '  /cra/report/forecast horizon "YEAR"',
      '  /cra/report/get forecast_days',
      '  /cra/report/get decision_stage "COLLECTIONS"',
      'Webhooks added (2):',
      '  CRA_REPORT.CRA_REPORT_FORECAST',
      '  CRA_REPORT.CRA_REPORT_READY (the node has it)',
      '  CRA_REPORT.CRA_REPORT_FORECAST user_id',
    ]),
  );
  const removed = lines.slice(lines.findIndex((line) => /^\w+ removed/.test(line)));
  expect(removed).toContain(
    '  /cra/check_report/create products[] "cra_qualify" (the node has it)',
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      '  /cra/report/get answers forecast (the node has it)',
      '  /cra/report/get answers forecast.outlook (the node has it)',
    ]),
  );
  const changes = lines.slice(lines.findIndex((line) => line.startsWith('Changed')));
  expect(changes).toEqual([
    'Changed (2):',
    '  /cra/check_report/create days_requested: was number, required; is string, required',
    '  /cra/check_report/create client_report_id: was string, null allowed, optional; is string, null allowed, required',
    expect.stringMatching(/; 2 changed$/),
    '',
  ]);
}, 120_000);

test('a version that is asked for is compared, whatever is newest, and does not fail', async () => {
  const { code, stdout, calls } = await diff(['48.0.0'], {});
  expect([code, calls.map((call) => call.split(' ')[0])]).toEqual([0, ['pack']]);
  expect(stdout).toContain(`plaid 48.0.0 compared with ${locked}`);
  expect(stdout).toContain('No difference.');
}, 120_000);

test.each([
  ['the same version', (version: string) => version],
  ['an older version', () => '9.100.100'],
])('%s on npm is nothing newer', async (_what, newest) => {
  const { code, stdout, stderr, calls } = await diff([], { newest: newest(locked) });
  expect([code, stderr, calls]).toEqual([0, '', ['view plaid version --loglevel error']]);
  expect(stdout).toContain(`Nothing newer: npm has plaid ${newest(locked)}`);
});

test.each([
  ['48.0.0', '47.0.0', true],
  ['47.1.0', '47.0.9', true],
  ['47.0.1', '47.0.0', true],
  ['100.0.0', '47.0.0', true],
  ['48.0.0-beta.1', '47.0.0', true],
  ['47.0.0', '47.0.0', false],
  ['46.9.9', '47.0.0', false],
  ['47.0.0', '47.0.1', false],
])('%s is newer than %s: %p', (version, than, expected) => {
  expect(isNewer(version, than)).toBe(expected);
});

test.each([
  [[], 'npm view plaid version failed: npm error code ENOTFOUND'],
  [['newest'], '"newest" is not a version'],
])('%j: what goes wrong has an exit code of its own', async (words, message) => {
  const { code, stderr } = await diff(words, {});
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
