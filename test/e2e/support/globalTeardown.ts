import { shared } from './shared';

export default async function stopSharedEditor(): Promise<void> {
  const { editor, cleanUp } = shared();
  await editor?.stop();
  await cleanUp?.();
}
