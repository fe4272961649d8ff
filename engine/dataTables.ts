import { randomUUID } from 'node:crypto';
import { runInThisContext } from 'node:vm';
import type {
  CreateDataTableOptions,
  DataTable,
  DataTableFilter,
  DataTableInsertRowsReturnType,
  DataTableInsertRowsResult,
  DataTableProxyProvider,
  DataTableRow,
  DataTableRowReturn,
  IDataTableProjectAggregateService,
  IDataTableProjectService,
} from 'n8n-workflow';

/** The Data Table node tells a date by its prototype, that of Node's main realm, which is another one under jest. */
const NodeDate = runInThisContext('Date') as DateConstructor;

type Condition = DataTableFilter['filters'][number];

/** What a test, or a person in n8n's Data tables tab, reads and writes. */
export interface DataTables {
  /** The rows of a table, oldest first; empty where no workflow has created it. */
  rows(name: string): readonly DataTableRowReturn[];
  /** Changes the rows of a table that a condition holds for. */
  change(name: string, where: DataTableRow, to: DataTableRow): void;
  /** Makes a table with rows, as a person does in the Data tables tab. */
  create(name: string, columns: CreateDataTableOptions['columns'], rows: DataTableRow[]): void;
  /** What n8n gives to a Data Table node. */
  readonly provider: DataTableProxyProvider;
}

interface Table {
  /** As n8n describes it to a node. */
  described: DataTable;
  rows: DataTableRowReturn[];
  lastId: number;
}

/**
 * n8n's data tables of one project, kept in memory: what its Data Table node needs of the server
 * (https://github.com/n8n-io/n8n/tree/master/packages/cli/src/modules/data-table). Only the conditions that compare
 * whole values are here, and which date is earlier or later.
 */
export function createDataTables(): DataTables {
  const tables: Table[] = [];

  function create({ name, columns }: CreateDataTableOptions): Table {
    if (tables.some((table) => table.described.name === name))
      throw new Error(`Table ${name} exists`);
    const now = new NodeDate();
    const id = randomUUID();
    const described = {
      id,
      name,
      projectId: 'project',
      createdAt: now,
      updatedAt: now,
      columns: columns.map((column, index) => ({
        ...column,
        index,
        id: randomUUID(),
        dataTableId: id,
      })),
    };
    const table: Table = { described, rows: [], lastId: 0 };
    tables.push(table);
    return table;
  }

  const aggregate: IDataTableProjectAggregateService = {
    getProjectId: () => 'project',
    createDataTable: async (options) => create(options).described,
    async getManyAndCount({ filter: { name = '' } = {}, take = tables.length }) {
      // As n8n does, by a part of the name.
      const part = String(name).toLowerCase();
      const found = tables.filter((table) => table.described.name.toLowerCase().includes(part));
      return { count: found.length, data: found.slice(0, take).map(({ described }) => described) };
    },
    deleteDataTableAll: unsupported,
  };

  function find(isIt: (table: Table) => boolean, named: string): Table {
    const table = tables.find(isIt);
    if (!table) throw new Error(`No data table ${named}`);
    return table;
  }

  const byName = (name: string) => find((table) => table.described.name === name, name);

  return {
    rows: (name) => tables.find((table) => table.described.name === name)?.rows ?? [],
    change(name, where, to) {
      const isMeant = (row: DataTableRowReturn) =>
        Object.entries(where).every(([column, value]) => row[column] === value);
      for (const row of byName(name).rows.filter(isMeant)) Object.assign(row, to);
    },
    create: (name, columns, rows) => rows.forEach(adder(create({ name, columns }))),
    provider: {
      getDataTableAggregateProxy: async () => aggregate,
      getDataTableProxy: async (_workflow, _node, id) =>
        projectService(find((table) => table.described.id === id, id)),
    },
  };
}

const unsupported = async (): Promise<never> => {
  throw new Error('Not part of the data tables of the tests');
};

/** n8n refuses columns that the table does not have, and values of another type. */
function checked({ described: { columns } }: Table, data: DataTableRow): DataTableRow {
  for (const [name, value] of Object.entries(data)) {
    const column = columns.find((one) => one.name === name);
    if (!column) throw new Error(`unknown column name '${name}'`);
    if (value !== null && column.type !== 'date' && typeof value !== column.type) {
      throw new Error(
        `value '${String(value)}' of column '${name}' does not match type ${column.type}`,
      );
    }
  }
  return data;
}

const adder =
  (table: Table) =>
  (data: DataTableRow): DataTableRowReturn => {
    const now = new NodeDate();
    const empty = Object.fromEntries(table.described.columns.map(({ name }) => [name, null]));
    const system = { id: ++table.lastId, createdAt: now, updatedAt: now };
    const row = { ...empty, ...checked(table, data), ...system } as DataTableRowReturn;
    table.rows.push(row);
    return row;
  };

function projectService(table: Table): IDataTableProjectService {
  const { columns } = table.described;
  const matching = (filter?: DataTableFilter) =>
    table.rows.filter((row) => !filter?.filters.length || isMatch(row, filter));

  function update(rows: DataTableRowReturn[], data: DataTableRow): DataTableRowReturn[] {
    checked(table, data);
    return rows.map((row) => Object.assign(row, data, { updatedAt: new NodeDate() }));
  }

  return {
    getColumns: async () => columns,
    async getManyRowsAndCount({ filter, skip = 0, take = table.rows.length, sortBy }) {
      const found = matching(filter);
      if (sortBy) throw new Error('The data tables of the tests are not sorted');
      return {
        count: found.length,
        data: found.slice(skip, skip + take).map((row) => ({ ...row })),
      };
    },
    async insertRows<T extends DataTableInsertRowsReturnType>(rows: DataTableRow[], returned: T) {
      const added = rows.map(adder(table));
      const result =
        returned === 'count'
          ? { success: true, insertedRows: added.length }
          : structuredClone(added);
      return result as DataTableInsertRowsResult<T>;
    },
    updateRows: async ({ filter, data }) => structuredClone(update(matching(filter), data)),
    async upsertRow({ filter, data }) {
      const found = matching(filter);
      return structuredClone(found.length > 0 ? update(found, data) : [adder(table)(data)]);
    },
    async deleteRows({ filter }) {
      const found = matching(filter);
      table.rows = table.rows.filter((row) => !found.includes(row));
      return found;
    },
    updateDataTable: unsupported,
    deleteDataTable: unsupported,
    addColumn: unsupported,
    moveColumn: unsupported,
    deleteColumn: unsupported,
    clearRows: unsupported,
  };
}

function isMatch(row: DataTableRowReturn, { type, filters }: DataTableFilter): boolean {
  const holds = (condition: Condition) => isTrue(row, condition);
  return type === 'and' ? filters.every(holds) : filters.some(holds);
}

function isTrue(row: DataTableRowReturn, { columnName, condition, value }: Condition): boolean {
  const is = row[columnName] ?? null;
  switch (condition) {
    case 'eq':
      return is === value;
    case 'neq':
      return is !== value;
    case 'lt':
      return is !== null && Date.parse(String(is)) < Date.parse(String(value));
    case 'gt':
      return is !== null && Date.parse(String(is)) > Date.parse(String(value));
    case 'isEmpty':
      return is === null || is === '';
    case 'isNotEmpty':
      return is !== null && is !== '';
    default:
      throw new Error(`The data tables of the tests know no condition ${condition}`);
  }
}
