import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../launcher/command';
import { freePort } from '../../../launcher/ports';
import { createServer, type Server } from './server';

/** The database, its user and its name are called so. */
export const NAME = 'n8n';

export interface Postgres extends Server {
  /** Rows of a query, each a list of its columns as text. */
  query(sql: string): Promise<string[][]>;
}

const COLUMN = '\u001f';
const ROW = '\u001e';

/**
 * A Postgres of the test's own, not started yet.
 * @param folder which everybody may pass through; its data goes there
 */
export async function createPostgres(programs: string, folder: string): Promise<Postgres> {
  const port = await freePort(0, 'Postgres', '');
  const data = join(folder, 'postgres');
  await mkdir(data);
  const privileges = await asNobody(data);
  const inData = { cwd: data };
  const initdb = [join(programs, 'initdb'), '-D', data, '-U', NAME, '--auth=trust', '--no-sync'];
  const { code, output } = await run('setpriv', [...privileges, ...initdb], inData);
  if (code !== 0) throw new Error(`initdb failed:\n${output}`);

  const psql = (database: string, sql: string) => {
    const to = ['-h', '127.0.0.1', '-p', String(port), '-U', NAME, '-d', database];
    const format = ['-X', '-A', '-t', '-q', '-F', COLUMN, '-R', ROW];
    return run(join(programs, 'psql'), [...to, ...format, '-c', sql], inData);
  };
  const server = createServer({
    port,
    program: join(programs, 'postgres'),
    args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
    privileges,
    // A "fast" shutdown: connections are cut, what was committed stays.
    stopSignal: 'SIGINT',
    logFile: join(folder, 'postgres.log'),
    isUp: async () => (await psql('postgres', 'select 1')).code === 0,
  });
  return {
    ...server,
    async start() {
      await server.start();
      const exists = await psql(NAME, 'select 1');
      if (exists.code !== 0) await psql('postgres', `create database ${NAME}`);
    },
    async query(sql) {
      const { code, stdout, output } = await psql(NAME, sql);
      if (code !== 0) throw new Error(`${sql}: ${output}`);
      const text = stdout.replace(/\n$/, '');
      return text === '' ? [] : text.split(ROW).map((row) => row.split(COLUMN));
    },
  };
}

/** Postgres does not run as root; its folder then belongs to the user nobody. */
async function asNobody(folder: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')]);
  await chown(folder, uid, gid);
  return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}

const idOf = async (which: '-u' | '-g') =>
  Number((await run('id', [which, 'nobody'], { cwd: '/' })).stdout);
