import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { FAULTS, observe, REQUESTS, type Cell, type Observed } from '../support/faults/faultCells';
import { statedCells, type Stated } from '../support/faults/faultTable';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/fault-matrix.md'), 'utf8');
const KINDS = Object.keys(REQUESTS);
const CELLS = statedCells(DOCUMENT, KINDS);

const nameOf = ({ requests, fault, lasts, continueOnFail }: Cell) =>
  `${requests}: ${fault}, ${lasts}, Continue On Fail ${continueOnFail ? 'on' : 'off'}`;

/** The number of cells that run concurrently, each lane with its own sandbox: mostly they wait. */
const LANES = 6;
const observed = new Map<string, Observed>();
const sandboxes: Sandbox[] = [];

beforeAll(async () => {
  const waiting = CELLS.values();
  const lane = async () => {
    const sandbox = await startSandbox();
    sandboxes.push(sandbox);
    for (const cell of waiting) observed.set(nameOf(cell), await observe(sandbox, cell));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}, 300_000);
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
});

const observedIn = (cell: Cell): Observed => {
  const one = observed.get(nameOf(cell));
  if (!one) throw new Error(`Not tried: ${nameOf(cell)}`);
  return one;
};

/** What the document states otherwise than it is. */
const mistakes = (cells: readonly Stated[]) =>
  cells.flatMap((cell) => {
    const { text } = observedIn(cell);
    return text === cell.text ? [] : [`${nameOf(cell)}: stated "${cell.text}", was "${text}"`];
  });

describe.each(KINDS)('%s', (requests) => {
  test.each(Object.keys(FAULTS))('%s: as docs/fault-matrix.md states', (fault) => {
    const row = CELLS.filter((cell) => cell.requests === requests && cell.fault === fault);
    expect(row).toHaveLength(4);
    expect(mistakes(row)).toEqual([]);
  });
});

test('in no cell an item is lost, an error without its attempts, a key repeated, or anything created twice unless allowed', () => {
  expect(CELLS).toHaveLength(KINDS.length * Object.keys(FAULTS).length * 4);
  expect(
    CELLS.flatMap((cell) => observedIn(cell).broken.map((what) => [nameOf(cell), what])),
  ).toEqual([]);
  const twice = CELLS.filter((cell) => observedIn(cell).done > 1);
  console.log(
    `${CELLS.length} cells; done more than once: ${KINDS.map(
      (kind) => `${twice.filter(({ requests }) => requests === kind).length} (${kind})`,
    ).join(', ')}`,
  );
});

test('what is billed is told: surely, or as possible where only Plaid knows', () => {
  const bills = CELLS.map((cell) => observedIn(cell).bill);
  const { length: sure } = bills.filter(({ certain, billed }) => certain > 0 && certain === billed);
  const unsure = bills.filter(({ possible }) => possible > 0);
  expect(unsure.filter(({ mayBeUnknown }) => !mayBeUnknown)).toEqual([]);
  const { length: billed } = unsure.filter((one) => one.billed > one.certain);
  const { length: spared } = unsure.filter((one) => one.billed === one.certain);
  const { length: free } = bills.filter((one) => one.certain + one.possible + one.billed === 0);
  console.log(
    `${CELLS.length} bills: ${sure} certain, ${billed} possible and billed, ${spared} possible and not billed, ${free} free`,
  );
  for (const count of [sure, billed, spared, free]) expect(count).toBeGreaterThan(20);
});

test('a table that states anything else is found out', () => {
  const otherwise = CELLS.map((cell) => ({
    ...cell,
    text: cell.text.startsWith('answer')
      ? cell.text.replace('answer', 'error: timeout')
      : cell.text.replace(/^(stops|error): [A-Za-z_]+/, 'answer'),
  }));
  expect(mistakes(otherwise)).toHaveLength(CELLS.length);
  const counts = CELLS.map((cell) => ({ ...cell, text: cell.text.replace(/done \d/, 'done 9') }));
  expect(mistakes(counts)).toHaveLength(CELLS.length);
  const unwarned = CELLS.filter(({ text }) => text.includes('may have succeeded')).map((cell) => ({
    ...cell,
    text: cell.text.replace(', may have succeeded', ''),
  }));
  expect(unwarned.length).toBeGreaterThan(0);
  expect(mistakes(unwarned)).toHaveLength(unwarned.length);
  const broken = DOCUMENT.replace('| Fault |', '| Trouble |');
  expect(() => statedCells(broken, KINDS)).toThrow(/Expected a table/);
});
