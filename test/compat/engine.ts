import { existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from '../../launcher/command';
import type { Release } from './releases';

const PROJECT = join(__dirname, '../..');

/** What the tests run; the rest of what they need is found in the project's own packages, further up. */
const SOURCES = [
  'credentials',
  'dist',
  'engine',
  'jest.compat.config.js',
  'jest.config.js',
  'launcher',
  'nodes',
  'package.json',
  'sandbox',
  'test',
  'tsconfig.json',
];

/**
 * Installs a release's engine in its folder, unless it is there, and puts a fresh copy of the sources beside it, so that
 * Node finds that engine before the project's.
 * @throws Error when npm can't install it
 */
export async function prepare(release: Release): Promise<void> {
  if (release.folder === PROJECT) return;
  await install(release);
  for (const source of SOURCES) {
    const copy = join(release.folder, source);
    await rm(copy, { recursive: true, force: true });
    // The tests refuse a build that is older than its sources.
    await cp(join(PROJECT, source), copy, { recursive: true, preserveTimestamps: true });
  }
}

async function install({ n8n, engine, folder }: Release): Promise<void> {
  // Written last: a folder without it is an incomplete installation.
  const marker = join(folder, '.complete');
  const wanted = JSON.stringify(engine);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.log(
    `Installing the engine of n8n ${n8n} in ${folder}: about 200 MB, the first time only`,
  );
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await copyFile(join(PROJECT, '.npmrc'), join(folder, '.npmrc'));
  const packages = Object.entries(engine).map(([name, version]) => `${name}@${version}`);
  const flags = ['--save-exact', '--no-package-lock', '--no-progress'];
  const { code, output } = await npm(['install', ...flags, ...packages], { cwd: folder });
  if (code !== 0) throw new Error(`The engine of n8n ${n8n} can't be installed:\n${output}`);
  await writeFile(marker, wanted);
}
