import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare } from './engine';
import { chosen, type Release } from './releases';

/**
 * Runs the tests of this folder with the engines of several releases of n8n, and holds the README's table against the
 * outcome. Arguments: versions, `oldest` or `newest`; all by default.
 */

const PROJECT = join(__dirname, '../..');
const KEPT = join(PROJECT, '.compat');
const JEST = join(PROJECT, 'node_modules/jest/bin/jest.js');

/** What jest says of a run. */
interface Outcome {
  numPassedTests: number;
  numFailedTests: number;
  numTotalTests: number;
  success: boolean;
}

async function run(release: Release): Promise<Outcome> {
  const { n8n, folder } = release;
  await prepare(release);
  console.log(`\nn8n ${n8n}: ${engineOf(release)}`);
  await mkdir(KEPT, { recursive: true });
  const file = join(KEPT, `${n8n}.json`);
  await rm(file, { force: true });
  // n8n before 2.0 leaves timers behind, which only hold up the end.
  const flags = ['--rootDir', folder, '--json', '--outputFile', file, '--forceExit'];
  const config = ['-c', join(folder, 'jest.compat.config.js')];
  const child = spawn(process.execPath, [JEST, ...config, ...flags], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'close');
  return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
}

const engineOf = ({ engine }: Release) =>
  Object.entries(engine)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');

/** The release's line of the README. */
const lineOf = (release: Release, { numPassedTests, numTotalTests }: Outcome) =>
  `| ${release.n8n} | ${engineOf(release)} | ${numPassedTests} of ${numTotalTests} |`;

async function main(names: readonly string[]): Promise<boolean> {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const release of chosen(names)) {
    const outcome = await run(release);
    passed += outcome.numPassedTests;
    // A file that can't be loaded has no test that fails.
    failed += Math.max(outcome.numFailedTests, outcome.success ? 0 : 1);
    lines.push(lineOf(release, outcome));
  }
  const untold = lines.filter((line) => !readme.includes(line));
  failed += untold.length;
  console.log(`\n| n8n | Engine | Tests passed |\n| --- | --- | --- |\n${lines.join('\n')}`);
  for (const line of untold) console.log(`README.md does not have this line: ${line}`);
  console.log(`\nTests:       ${failed} failed, ${passed} passed, ${passed + failed} total`);
  return failed === 0;
}

main(process.argv.slice(2)).then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
