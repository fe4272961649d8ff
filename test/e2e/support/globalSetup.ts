import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEditor } from '../../../editor';
import { KEPT } from '../../../editor/paths';
import { shared } from './shared';

/** One editor with fresh data for the whole run; a person's own (`npm start`) stays untouched. */
export default async function startSharedEditor(): Promise<void> {
  await mkdir(KEPT, { recursive: true });
  const home = await mkdtemp(join(KEPT, 'test-'));
  const state = shared();
  state.cleanUp = () => rm(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    state.editor = await startEditor({ home, tell: (line) => console.log(line) });
  } catch (error) {
    await state.cleanUp();
    throw error;
  }
}
