import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { npm } from './command';
import { checkNode, nodeForN8n, withNodeFirst } from './node24';
import { INSTALLED, KEPT, PINNED } from './paths';
import { DISK_FULL, EditorProblem, problemIn } from './problem';

const FILES = ['package.json', 'package-lock.json', '.npmrc'];
const LOG = join(KEPT, 'install.log');

/** Written last: a folder without it is an incomplete installation. */
const MARKER = join(INSTALLED, '.complete');

/** The installed n8n, and what its SQLite addon takes while it is built. */
const NEEDED_BYTES = 2.8e9;

/** ms between progress messages. */
const TELL_EVERY = 15_000;

/** The pinned n8n's version. */
export function n8nVersion(): string {
  const { dependencies } = readJson(join(PINNED, 'package.json')) as {
    dependencies: { n8n: string };
  };
  return dependencies.n8n;
}

/**
 * Installs the pinned n8n (about 3 minutes and 2.3 GB), unless it is installed.
 * @param tell receives progress messages
 * @throws EditorProblem when the network, the disk or the platform prevents it
 */
export async function install(tell: (line: string) => void, signal?: AbortSignal): Promise<void> {
  checkNode();
  const wanted = fingerprint();
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === wanted) return;
  tell(
    `Installing n8n ${n8nVersion()} in ${KEPT}: about 3 minutes and 2.3 GB, the first time only`,
  );
  await rm(INSTALLED, { recursive: true, force: true });
  await rm(LOG, { force: true });
  await mkdir(INSTALLED, { recursive: true });
  await checkSpace();
  for (const file of FILES) await copyFile(join(PINNED, file), join(INSTALLED, file));
  await withProgress(tell, arrivedPackages(), () => installPackages(signal));
  tell("Building n8n's SQLite addon: about a minute");
  await withProgress(
    tell,
    () => 'building',
    () => buildSqlite(signal),
  );
  await writeFile(MARKER, wanted);
}

/** Changes with the lock file, and with the machine that the installed binaries are for. */
function fingerprint(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of FILES) hash.update(readFileSync(join(PINNED, file)));
  return hash.digest('hex');
}

async function checkSpace(): Promise<void> {
  const { bavail, bsize } = await statfs(INSTALLED);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  throw new EditorProblem(
    `There is not enough room on the disk: n8n needs ${gigabytes(NEEDED_BYTES)}, and ${gigabytes(free)} are free in ${KEPT}. Make room and run the command again.`,
  );
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

async function installPackages(signal?: AbortSignal): Promise<void> {
  // npm ci rejects the lock file if the registry lacks optional packages for other platforms.
  const { code, output } = await npm(['install', '--no-save', '--no-progress'], {
    cwd: INSTALLED,
    logFile: LOG,
    signal,
    // npm would continue for minutes with warnings, and report success.
    fatal: DISK_FULL,
  });
  if (code !== 0) throw problemIn('Installing n8n', output, LOG);
}

/** n8n's packages are installed without their scripts; SQLite's addon is the one that needs its own. */
async function buildSqlite(signal?: AbortSignal): Promise<void> {
  const { executable, headers } = nodeForN8n();
  const env = withNodeFirst(dirname(executable), process.env);
  const { code, output } = await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
    cwd: INSTALLED,
    env: headers ? { ...env, npm_config_nodedir: headers } : env,
    logFile: LOG,
    signal,
  });
  if (code !== 0) throw problemIn("Building n8n's SQLite addon", output, LOG);
}

/** Reports progress at intervals. */
async function withProgress(
  tell: (line: string) => void,
  state: () => string,
  work: () => Promise<void>,
): Promise<void> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const telling = setInterval(() => tell(`  ${seconds()} s: ${state()}`), TELL_EVERY);
  try {
    await work();
  } finally {
    clearInterval(telling);
  }
}

/** Counts the installed packages of the lock file each time it is called. */
function arrivedPackages(): () => string {
  const missing = new Set(requiredPackages());
  const total = missing.size;
  return () => {
    for (const path of missing) {
      if (existsSync(join(INSTALLED, path, 'package.json'))) missing.delete(path);
    }
    return `${total - missing.size} of ${total} packages installed`;
  };
}

function requiredPackages(): string[] {
  const { packages } = readJson(join(PINNED, 'package-lock.json')) as {
    packages: Record<string, { optional?: boolean }>;
  };
  return Object.keys(packages).filter((path) => path !== '' && !packages[path]?.optional);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
