import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm, run } from './command';
import { PROJECT } from './paths';
import { EditorProblem, problemIn } from './problem';

/**
 * Packs the built project as `npm publish` would.
 * @param folder where the tarball goes
 * @param project another project than this one, such as a changed copy
 * @returns the tarball's path
 * @throws EditorProblem when it is not built or npm fails
 */
export async function pack(folder: string, project = PROJECT): Promise<string> {
  if (!existsSync(join(project, 'dist', 'nodes'))) {
    throw new EditorProblem('The node is not built: run "npm run build" first.');
  }
  await mkdir(folder, { recursive: true });
  const logFile = join(folder, 'pack.log');
  const { code, stdout, output } = await npm(
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: project, logFile },
  );
  if (code !== 0) throw problemIn('Packing the node', output, logFile);
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (!packed) throw problemIn('Packing the node', output, logFile);
  return join(folder, packed.filename);
}

/** What n8n removes from a community package's package.json, as it must not install these itself. */
const REMOVED = ['devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Puts a tarball where n8n looks for community packages, over whatever version is there, the way n8n's
 * community-packages service does. What that adds, `npm install` of the dependencies, is left out:
 * this package has none, as n8n requires for verified packages, which is checked.
 * @param home n8n's `N8N_USER_FOLDER`
 * @returns the folder of the installed package
 * @throws EditorProblem when it cannot be unpacked or has dependencies
 */
export async function installInto(home: string, tarball: string, name: string): Promise<string> {
  const nodes = join(home, '.n8n', 'nodes');
  const folder = join(nodes, 'node_modules', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const logFile = join(home, 'unpack.log');
  const { code, output } = await run(
    'tar',
    ['-xzf', tarball, '-C', folder, '--strip-components=1'],
    { cwd: home, logFile },
  );
  if (code !== 0) throw problemIn('Unpacking the node', output, logFile);
  const version = await trimPackageJson(join(folder, 'package.json'));
  const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
  await writeFile(join(nodes, 'package.json'), JSON.stringify(ledger, null, 2));
  return folder;
}

async function trimPackageJson(file: string): Promise<string> {
  const content = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  if (Object.keys(Object(content.dependencies)).length > 0) {
    throw new EditorProblem(
      'The package has dependencies, which n8n does not allow in a verified package.',
    );
  }
  const kept = Object.entries(content).filter(([key]) => !REMOVED.includes(key));
  await writeFile(file, JSON.stringify(Object.fromEntries(kept), null, 2));
  return String(content.version);
}

/** The package's name. */
export async function packageName(project = PROJECT): Promise<string> {
  const { name } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
    name: string;
  };
  return name;
}
