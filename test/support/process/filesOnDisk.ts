import type * as Common from '@n8n/backend-common';
import type * as Di from '@n8n/di';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { core, nodeRequire } from '../workflows/nodeRealm';

/** n8n's own store of files on the disk, which can be put out of order. */
export interface FilesOnDisk {
  /** From now on n8n can keep no file, as where the folder of its files has gone. */
  fail(): Promise<void>;
  work(): Promise<void>;
  close(): Promise<void>;
}

/** Has n8n keep files in a folder, as a server does by itself, instead of in the memory as the engine does. */
export async function keepFilesOnDisk(): Promise<FilesOnDisk> {
  const { Container } = nodeRequire('@n8n/di') as typeof Di;
  const { Logger } = nodeRequire('@n8n/backend-common') as typeof Common;
  const { BinaryDataConfig, BinaryDataService, ErrorReporter } = core;
  const folder = await mkdtemp(join(tmpdir(), 'n8n-files-'));
  const localStoragePath = join(folder, 'files');
  const away = join(folder, 'away');

  const config = Container.get(BinaryDataConfig);
  const inMemory = Container.get(BinaryDataService);
  const onDisk = new BinaryDataService(
    { ...config, initialize: () => Promise.resolve(), mode: 'filesystem', localStoragePath },
    Container.get(ErrorReporter),
    Container.get(Logger),
  );
  await onDisk.init();
  Container.set(BinaryDataService, onDisk);
  return {
    async fail() {
      await rename(localStoragePath, away);
      await writeFile(localStoragePath, 'a file where the folder was');
    },
    async work() {
      await rm(localStoragePath);
      await rename(away, localStoragePath);
    },
    async close() {
      Container.set(BinaryDataService, inMemory);
      await rm(folder, { recursive: true });
    },
  };
}
