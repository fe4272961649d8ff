import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { SdkSchemas } from './types';

const GENERATOR = join(__dirname, 'generate.ts');

/**
 * The schemas of the installed SDK's types: from the disk cache, or generated first (some seconds).
 * The cache file's name holds the SDK's version and a hash of the generator, so neither an upgrade
 * nor a change here ever reads stale schemas.
 */
export async function loadSdkSchemas(): Promise<SdkSchemas> {
  const sdkPackage = require.resolve('plaid/package.json');
  const { version } = JSON.parse(readFileSync(sdkPackage, 'utf8')) as { version: string };
  const hash = createHash('sha256').update(readFileSync(GENERATOR)).digest('hex').slice(0, 12);
  const folder = join(dirname(dirname(sdkPackage)), '.cache', 'plaid-check-sandbox');
  const file = join(folder, `sdk-${version}-${hash}.json`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    await generateSchemas(dirname(sdkPackage), file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as SdkSchemas;
}

/** Writes the schemas of the SDK in a folder to a file. */
export async function generateSchemas(sdkFolder: string, file: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', GENERATOR, file, sdkFolder], {
    cwd: __dirname,
    // The parent may run under a test runner or a debugger whose options are not meant for it.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}
