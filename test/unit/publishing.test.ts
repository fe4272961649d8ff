import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { name, version } from '../../package.json';

const ROOT = join(__dirname, '../..');

function run(command: string, args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** A clean clone of what is committed, with something else in its dist. */
function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plaid-check-publishing-'));
  expect(run('git', ['clone', '--quiet', '--depth=1', `file://${ROOT}`, folder], ROOT).status).toBe(
    0,
  );
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // The link is no folder, which .gitignore names.
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
  return folder;
}

let project: string;

beforeAll(() => {
  project = clone();
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Publishes to where nobody listens, as somebody who is signed in there. */
const publish = (...args: string[]) =>
  run(
    'npm',
    [
      'publish',
      ...args,
      '--registry=http://127.0.0.1:9/',
      '--//127.0.0.1:9/:_authToken=x',
      '--fetch-retries=0',
    ],
    project,
  );

test.each(['--ignore-scripts', '--no-ignore-scripts'])(
  'npm publish %s fails in the project, whatever is in dist',
  (option) => {
    const { status, output } = publish(option);
    expect(status).not.toBe(0);
    expect(output).toContain('EPRIVATE');
  },
);

describe('the tarball', () => {
  const pack = () => run(process.execPath, ['.ci/package.mjs', 'packed'], project);

  test('holds a fresh build, whatever is in dist', () => {
    const stale = join(project, 'dist/nodes/PlaidCheck');
    mkdirSync(stale, { recursive: true });
    writeFileSync(join(stale, 'PlaidCheck.node.js'), '// stale');
    writeFileSync(join(stale, 'gone.js'), '// stale');
    const { status, output } = pack();
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(/^[0-9a-f]{64} {2}.*\.tgz\n$/),
    });
    const [tarball = ''] = readdirSync(join(project, 'packed'));
    const unpacked = join(project, 'packed/unpacked');
    mkdirSync(unpacked);
    run('tar', ['-xzf', join(project, 'packed', tarball), '-C', unpacked], project);
    const read = (file: string) => readFileSync(join(unpacked, 'package', file), 'utf8');
    expect(read('dist/nodes/PlaidCheck/PlaidCheck.node.js')).toContain('class PlaidCheck');
    expect(() => read('dist/nodes/PlaidCheck/gone.js')).toThrow(/ENOENT/);
    expect(JSON.parse(read('package.json'))).not.toHaveProperty('private');
    // npm takes it, and gets as far as to the registry.
    const { output: published } = publish(`./packed/${tarball}`);
    expect(published).not.toContain('EPRIVATE');
    expect(published).toContain('ECONNREFUSED');
  }, 120_000);

  test('holds a bill of materials without any dependency, and without the time it was made', () => {
    const [tarball = ''] = readdirSync(join(project, 'packed'));
    const file = join('package', 'dist', 'sbom.cdx.json');
    const { output } = run('tar', ['-xzOf', join('packed', tarball), file], project);
    const bill = JSON.parse(output) as {
      bomFormat: string;
      metadata: { timestamp?: string; component: { name: string; version: string } };
      serialNumber?: string;
      components: unknown[];
    };
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name, version } },
      components: [],
    });
    expect(bill.metadata.timestamp ?? bill.serialNumber).toBeUndefined();
  });

  test('is not made of changes that are not committed', () => {
    writeFileSync(join(project, 'nodes/PlaidCheck/new.ts'), 'export {};\n');
    const { status, output } = pack();
    expect(status).toBe(1);
    expect(output).toMatch(/Commit or remove.*\n.*nodes\/PlaidCheck\/new\.ts/);
  });
});

describe('the workflows of GitHub', () => {
  const FOLDER = join(ROOT, '.github/workflows');
  const files = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]);

  test.each(files)('%s pins every action by its commit', (_, text = '') => {
    const actions = [...text.matchAll(/uses: *(\S+)(.*)/g)];
    expect(actions.length).toBeGreaterThan(0);
    for (const [, action, version] of actions) {
      expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
      expect(version).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  test('the job that may publish runs nothing of the project', () => {
    const text = readFileSync(join(FOLDER, 'publish.yml'), 'utf8');
    const [head = '', packing = '', publishing = ''] = text.split(/^ {2}(?:package|publish):\n/m);
    expect(head).toMatch(/^permissions: \{\}$/m);
    expect(packing).toMatch(/^ {4}permissions:\n {6}contents: read\n {4}outputs/m);
    expect(packing).toMatch(/- run: npm ci\n/);
    expect(packing).not.toContain('id-token');
    expect(publishing).toMatch(/^ {4}environment: npm$/m);
    expect(publishing).toMatch(/id-token: write/);
    expect(publishing).not.toMatch(/checkout|npm (ci|install|run|test|exec)|npx|bash|contents:/);
    expect(publishing).toMatch(/sha256sum --check --strict/);
    expect(publishing).toMatch(/npm publish \.\/\*\.tgz .*--provenance .*--ignore-scripts/);
  });
});
