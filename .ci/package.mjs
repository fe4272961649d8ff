/**
 * Packs what is published: builds the committed sources in a folder of their own, so that the tarball can hold neither a
 * stale nor an empty dist, adds its bill of materials, and checks it. package.json is private, so that `npm publish` without this tarball fails;
 * the tarball's is not.
 *
 * Usage: npm run package, or node .ci/package.mjs [folder]; then npm publish packed/<the tarball>
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? 'packed');
const project = process.cwd();
const SBOM = 'dist/sbom.cdx.json';
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });

function fail(problem) {
  console.error(problem);
  process.exit(1);
}

/**
 * What is in the package besides its own code, in the format CycloneDX: nothing, as long as it has no dependencies. Without
 * the time and the number of this run, so that the same sources give the same tarball.
 */
function billOfMaterials() {
  const omitted = ['dev', 'optional', 'peer'].flatMap((kind) => ['--omit', kind]);
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', ...omitted];
  const { serialNumber, metadata, ...bill } = JSON.parse(run('npm', args, source));
  const { timestamp, ...described } = metadata;
  const { name } = manifest;
  return { ...bill, metadata: { ...described, component: { ...described.component, name } } };
}

const changes = run('git', ['status', '--porcelain'], project).trim();
if (changes !== '') fail(`Commit or remove these changes first:\n${changes}`);

const source = mkdtempSync(join(tmpdir(), 'plaid-check-package-'));
process.on('exit', () => rmSync(source, { recursive: true, force: true }));
const archive = join(source, 'source.tar');
run('git', ['archive', '--output', archive, 'HEAD'], project);
run('tar', ['-xf', archive, '-C', source], project);
symlinkSync(join(project, 'node_modules'), join(source, 'node_modules'), 'junction');

run(process.execPath, [join('node_modules', 'gulp', 'bin', 'gulp.js'), '-L', 'build'], source);
const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
delete manifest.private;
writeFileSync(join(source, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

writeFileSync(join(source, SBOM), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);

mkdirSync(folder, { recursive: true });
const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
const [{ filename, files }] = JSON.parse(run('npm', args, source));

const packed = new Set(files.filter(({ size }) => size > 0).map(({ path }) => path));
const { nodes, credentials } = manifest.n8n;
const compiled = run('git', ['ls-files', 'nodes', 'credentials'], project)
  .split('\n')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
const missing = [...nodes, ...credentials, ...compiled, SBOM].filter((file) => !packed.has(file));
const foreign = [...packed].filter((file) => !/^(dist\/|package\.json$|README|LICENSE)/.test(file));
if (missing.length > 0) fail(`Missing in the tarball: ${missing.join(', ')}`);
if (foreign.length > 0) fail(`Not to be published: ${foreign.join(', ')}`);

const tarball = join(folder, filename);
const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex');
console.log(`${hash}  ${tarball}`);
