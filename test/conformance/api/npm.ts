import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..', '..', '..');

const run = promisify(execFile);

/** Runs npm with the configuration it finds here: registry, proxy and certificates are the machine's. */
async function npm(...words: string[]): Promise<string> {
  const isWindows = process.platform === 'win32';
  // What "npm run --silent" passes on to npm would hide why it failed.
  const args = [...words, '--loglevel', 'error'];
  try {
    return (await run('npm', args, { cwd: ROOT, shell: isWindows })).stdout.trim();
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`npm ${words.join(' ')} failed: ${stderr.trim() || String(error)}`);
  }
}

/** The version of `plaid` in the lock file. */
export async function lockedVersion(): Promise<string> {
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const version = lock.packages['node_modules/plaid']?.version;
  if (!version) throw new Error('package-lock.json has no plaid');
  return version;
}

/** The newest version of `plaid` on npm. */
export const newestVersion = (): Promise<string> => npm('view', 'plaid', 'version');

/** Downloads a version of `plaid` into a folder. @returns the folder of the package */
export async function download(version: string, folder: string): Promise<string> {
  await npm('pack', `plaid@${version}`, '--pack-destination', folder, '--ignore-scripts');
  const packed = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (!packed) throw new Error(`npm pack left no package of plaid@${version} in ${folder}`);
  await run('tar', ['-xzf', packed], { cwd: folder });
  return join(folder, 'package');
}
