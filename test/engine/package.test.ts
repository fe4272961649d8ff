import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { operations, resources } from '../../nodes/PlaidCheck/catalog/operations';
import * as made from '../../nodes/PlaidCheck/description/generated';
import { EVENTS } from '../../nodes/PlaidCheck/trigger/events';
import { plaidCheck } from '../support/workflows/builtNode';

const ROOT = join(__dirname, '../..');
const read = (file: string) =>
  JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, unknown>;

interface Packed {
  files: Array<{ path: string }>;
}

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    // npm's own warnings are no part of a test's output.
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  }),
) as [Packed];
const published = packed.files.map(({ path }) => path);

describe('the built package', () => {
  test('names its node in the codex file, with every resource and action among the words that find it', () => {
    const codex = read('dist/nodes/PlaidCheck/PlaidCheck.node.json');
    expect(codex.node).toBe('n8n-nodes-plaid-check.plaidCheck');
    const words = [...resources.map(({ name }) => name), ...operations.map(({ action }) => action)];
    expect(codex.alias).toEqual(
      expect.arrayContaining(['FICO', 'UltraFICO', 'Prism', 'CRA', 'credit report', ...words]),
    );
  });

  test("has the editor's fields as the sources make them, though the build has written them down", () => {
    const { properties, subtitle } = plaidCheck.description;
    expect({ properties, subtitle }).toEqual(JSON.parse(JSON.stringify(made)));
  });

  test('names its trigger in a codex file of its own, found by the same words and by its events', () => {
    const codex = read('dist/nodes/PlaidCheck/PlaidCheckTrigger.node.json');
    expect(codex.node).toBe('n8n-nodes-plaid-check.plaidCheckTrigger');
    expect(codex.alias).toEqual(read('dist/nodes/PlaidCheck/PlaidCheck.node.json').alias);
    const events = EVENTS.map(({ name }) => name);
    expect(codex.alias).toEqual(expect.arrayContaining(['report ready', 'webhook', ...events]));
  });

  test('holds what package.json says n8n should load, and both icons', () => {
    const { n8n } = read('package.json') as {
      n8n: { nodes: string[]; credentials: string[]; strict: boolean };
    };
    expect(n8n.strict).toBe(true);
    expect(n8n.nodes.map((file) => file.split('/').at(-1))).toEqual([
      'PlaidCheck.node.js',
      'PlaidCheckTrigger.node.js',
    ]);
    for (const file of [...n8n.nodes, ...n8n.credentials]) expect(published).toContain(file);
    expect(published).toContain('dist/nodes/PlaidCheck/plaidCheck.svg');
    expect(published).toContain('dist/nodes/PlaidCheck/plaidCheck.dark.svg');
    expect(published.every((file) => existsSync(join(ROOT, file)))).toBe(true);
  });

  test('publishes dist and the usual papers, nothing else', () => {
    const others = published.filter((file) => !file.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  });

  test('holds of the stand-in what the demo loads, which needs nothing but hashes', () => {
    const standIn = published.filter((file) => file.startsWith('dist/sandbox/'));
    expect(standIn).toContain('dist/sandbox/answers/index.js');
    for (const file of standIn) {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const needs = [...text.matchAll(/(?:require|import)\("([^.][^"]*)"\)/g)].map(
        ([, name]) => name,
      );
      expect([file, needs.filter((name) => name !== 'node:crypto')]).toEqual([file, []]);
      expect(text).not.toMatch(/\b(fetch|setTimeout|setInterval)\(|\bprocess\./);
    }
  });

  test('has no dependencies at run time', () => {
    const { dependencies, optionalDependencies, peerDependencies } = read('package.json');
    expect(dependencies ?? {}).toEqual({});
    expect(optionalDependencies ?? {}).toEqual({});
    expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
  });

  test('keeps no path of the machine it was built on', () => {
    for (const file of published.filter((one) => /\.(js|map|json)$/.test(one))) {
      expect(readFileSync(join(ROOT, file), 'utf8')).not.toContain(ROOT);
    }
  });
});
