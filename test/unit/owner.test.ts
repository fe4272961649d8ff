import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyOwner } from '../../launcher/owner';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'plaid-check-owner-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const file = () => join(home, 'owner.json');
const mode = () => (statSync(file()).mode & 0o777).toString(8);

test('the password is random for each folder, kept there, and private', async () => {
  const owner = await readyOwner(home);
  expect(mode()).toBe('600');
  expect(await readyOwner(home)).toEqual(owner);
  rmSync(file());
  const other = await readyOwner(home);
  expect(other.password).not.toBe(owner.password);
  // n8n's rules for passwords.
  expect(other.password).toMatch(/^(?=.*\d)(?=.*[A-Z]).{20,64}$/);
});

test('a file that others could read is private from then on', async () => {
  await readyOwner(home);
  chmodSync(file(), 0o644);
  await readyOwner(home);
  expect(mode()).toBe('600');
});

test.each(['', 'no JSON', '{}', 'null', '{"email":"a"}', '{"email":"a","password":1}'])(
  'a file that holds %j is told, not replaced',
  async (text) => {
    writeFileSync(file(), text);
    await expect(readyOwner(home)).rejects.toThrow(/owner\.json does not hold/);
  },
);
