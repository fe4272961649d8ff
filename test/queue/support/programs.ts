import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../../../launcher/command';

/** Where the programs of Redis and Postgres are. */
export interface Programs {
  redis: string;
  /** The folder with `postgres`, `initdb` and `psql`. */
  postgresFolder: string;
}

/** Debian keeps the server's programs out of the path. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

const PACKAGES = ['redis-server', 'postgresql'];

/**
 * Finds Redis and Postgres, and installs what is missing where this machine may be changed: as root, with apt.
 * @throws when one is missing and can't be installed
 */
export async function findPrograms(tell: (line: string) => void): Promise<Programs> {
  const found = installed();
  if (found) return found;
  const isOurs = process.getuid?.() === 0 && inPath('apt-get');
  if (!isOurs) {
    throw new Error(
      'Install Redis and Postgres (on Debian: apt-get install redis-server postgresql)',
    );
  }
  tell(`Installing ${PACKAGES.join(' and ')}`);
  await aptGet('update', '-qq');
  await aptGet('install', '-qq', '-y', '--no-install-recommends', ...PACKAGES);
  const now = installed();
  if (!now) throw new Error(`apt-get did not install ${PACKAGES.join(' and ')}`);
  return now;
}

function installed(): Programs | undefined {
  const redis = inPath('redis-server');
  const postgres = debianPostgres() ?? inPath('initdb');
  return redis && postgres ? { redis, postgresFolder: dirname(postgres) } : undefined;
}

function inPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}

/** The newest one of those that are installed. */
function debianPostgres(): string | undefined {
  if (!existsSync(DEBIAN_POSTGRES)) return undefined;
  return readdirSync(DEBIAN_POSTGRES)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(DEBIAN_POSTGRES, version, 'bin', 'initdb'))
    .find((file) => existsSync(file));
}

async function aptGet(...args: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await run('apt-get', args, { cwd: '/', env });
  if (code !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${output}`);
}
