/** What n8n throws when its own database fails, by what has happened to it. */

/** As the driver of Postgres throws it (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const postgres = (code: string, message: string) =>
  Object.assign(new Error(message), { name: 'error', severity: 'FATAL', code });

/** As TypeORM wraps what a driver threw in a query. */
const queryFailed = (driverError: Error & { code: string }) =>
  Object.assign(new Error(driverError.message), {
    name: 'QueryFailedError',
    code: driverError.code,
    query: 'SELECT "data" FROM "credentials_entity" WHERE "id" = $1',
    parameters: ['credential-1'],
    driverError,
  });

const SHUTDOWN = postgres('57P01', 'terminating connection due to administrator command');
const system = (code: string, message: string) => Object.assign(new Error(message), { code });

export const DATABASE_FAILURES: ReadonlyArray<[string, unknown]> = [
  ['57P01, admin shutdown', SHUTDOWN],
  ['57P02, crash', postgres('57P02', 'terminating connection because of crash')],
  ['57P03, starting up', postgres('57P03', 'the database system is starting up')],
  ['08006, connection lost', postgres('08006', 'connection failure')],
  ['08001, no connection', postgres('08001', 'unable to establish a connection')],
  ['no connection in the pool', new Error('timeout exceeded when trying to connect')],
  ['no driver', new Error('Driver not Connected')],
  ['refused', system('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432')],
  ['reset', system('ECONNRESET', 'read ECONNRESET')],
  ['timed out', system('ETIMEDOUT', 'read ETIMEDOUT')],
  ['not found', system('ENOTFOUND', 'getaddrinfo ENOTFOUND postgres')],
  ['SQLITE_BUSY', system('SQLITE_BUSY', 'SQLITE_BUSY: database is locked')],
  ['a failed query, Postgres', queryFailed(SHUTDOWN)],
  ['a failed query, SQLite', queryFailed(system('SQLITE_BUSY', 'SQLITE_BUSY: database is locked'))],
  ['an error with a cause', new Error('Could not load credential', { cause: SHUTDOWN })],
  ['an error like a response', Object.assign(new Error('broken'), { response: { status: 401 } })],
  ['an error without words', new Error('')],
  ['something that is no error', 'broken'],
];
