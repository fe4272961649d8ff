import { editor } from './shared';

/** A data table of the signed-in person, as n8n's tab Data tables shows and changes it. */
export interface TestTable<Row> {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  insert(rows: readonly Row[]): Promise<void>;
  /** Every row, oldest first. */
  rows(): Promise<Row[]>;
  rename(column: string, name: string): Promise<void>;
  remove(): Promise<void>;
}

export interface Column {
  name: string;
  type: 'string' | 'number' | 'boolean' | 'date';
}

/** More rows than a test has. */
const TAKE = 200;

async function ownProject(): Promise<string> {
  const { id } = await editor().rest.call<{ id: string }>('GET', '/rest/projects/personal');
  return id;
}

/** A new, empty table. */
export async function createTable<Row extends object>(
  name: string,
  columns: readonly Column[],
): Promise<TestTable<Row>> {
  const projectId = await ownProject();
  const { id } = await editor().rest.call<{ id: string }>(
    'POST',
    `/rest/projects/${projectId}/data-tables`,
    { name, columns },
  );
  return tableOf(projectId, id, name);
}

/** The table of that name, which a workflow has created; undefined where none has. */
export async function findTable<Row extends object>(
  name: string,
): Promise<TestTable<Row> | undefined> {
  const projectId = await ownProject();
  const { data } = await editor().rest.call<{ data: { id: string; name: string }[] }>(
    'GET',
    `/rest/projects/${projectId}/data-tables?take=${TAKE}`,
  );
  const found = data.find((table) => table.name === name);
  return found && tableOf(projectId, found.id, name);
}

function tableOf<Row extends object>(projectId: string, id: string, name: string): TestTable<Row> {
  const path = `/rest/projects/${projectId}/data-tables/${id}`;
  // The session is another one after a restart of n8n.
  const call = <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', rest: string, body?: object) =>
    editor().rest.call<T>(method, path + rest, body);
  return {
    id,
    projectId,
    name,
    async insert(rows) {
      await call('POST', '/insert', { data: rows, returnType: 'count' });
    },
    rows: async () => (await call<{ data: Row[] }>('GET', `/rows?take=${TAKE}&sortBy=id:asc`)).data,
    async rename(column, name) {
      const columns = await call<{ id: string; name: string }[]>('GET', '/columns');
      const { id: columnId } = columns.find((one) => one.name === column) ?? { id: column };
      await call('PATCH', `/columns/${columnId}/rename`, { name });
    },
    async remove() {
      await call('DELETE', '');
    },
  };
}
