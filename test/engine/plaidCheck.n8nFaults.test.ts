import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/server';
import { REQUESTS } from '../support/faults/faultCells';
import { rowsBelow } from '../support/faults/faultTable';
import { N8N_FAULTS, observeN8n } from '../support/faults/n8nCells';

/** The part of docs/fault-matrix.md about n8n itself, cell by cell. */

const DOCUMENT = readFileSync(join(__dirname, '../../docs/fault-matrix.md'), 'utf8');
const [READS = '', CREATES = ''] = Object.keys(REQUESTS);
const COLUMNS = [
  { requests: READS, continueOnFail: false },
  { requests: READS, continueOnFail: true },
  { requests: CREATES, continueOnFail: false },
  { requests: CREATES, continueOnFail: true },
];
const [header, ...rows] = rowsBelow(DOCUMENT, 'Failures of n8n itself');

test('the table names every failure', () => {
  expect(header).toEqual(['Failure', 'Read, off', 'Read, on', 'Create, off', 'Create, on']);
  expect(rows.map(([fault]) => fault)).toEqual(Object.keys(N8N_FAULTS));
});

test.each(rows)('%s: as docs/fault-matrix.md states', async (fault = '', ...stated) => {
  const observed = COLUMNS.map(async (column) => {
    const sandbox = await startSandbox();
    const text = await observeN8n(sandbox, { fault, ...column });
    await sandbox.close();
    return text;
  });
  expect(await Promise.all(observed)).toEqual(stated);
});
