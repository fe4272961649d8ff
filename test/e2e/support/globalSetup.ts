import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEditor } from '../../../launcher/index';
import { shared } from './shared';

/**
 * One editor with fresh data for the whole run; a person's own (`npm start`) stays untouched. Outside of the project,
 * as Node would find the project's own packages from inside it: the node must do with those of n8n.
 */
export default async function startSharedEditor(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'plaid-check-e2e-'));
  const state = shared();
  state.cleanUp = () => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    // Nodes that read and write files may use the tests' own folders.
    const env = { N8N_RESTRICT_FILE_ACCESS_TO: await realpath(tmpdir()) };
    state.editor = await startEditor({ home, env, tell: (line) => console.log(line) });
  } catch (error) {
    await state.cleanUp();
    throw error;
  }
}
