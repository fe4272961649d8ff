import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { generateSchemas, loadSdkSchemas } from '../../../sandbox/oracle/cache';
import type { SdkSchemas } from '../../../sandbox/oracle/types';
import { flatten, onTheWire, type Flat } from '../support/schemaDifferences';
import type { Schema } from '../support/schema';
import { webhookTypes } from './webhookTypes';

/** What one version of Plaid's SDK says of the API. */
export interface Sdk {
  readonly schemas: SdkSchemas;
  /** Fields by `webhook_type.webhook_code`. */
  readonly webhooks: ReadonlyMap<string, readonly string[]>;
}

/** The installed SDK, whose version the lock file has. */
export async function installedSdk(): Promise<Sdk> {
  const folder = dirname(require.resolve('plaid/package.json'));
  return { schemas: await loadSdkSchemas(), webhooks: await webhooksIn(folder) };
}

/** The SDK in any folder. */
export async function sdkIn(folder: string): Promise<Sdk> {
  const temporary = await mkdtemp(join(tmpdir(), 'plaid-sdk-'));
  try {
    const file = join(temporary, 'schemas.json');
    await generateSchemas(folder, file);
    const schemas = JSON.parse(await readFile(file, 'utf8')) as SdkSchemas;
    return { schemas, webhooks: await webhooksIn(folder) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

const webhooksIn = async (folder: string) =>
  webhookTypes(await readFile(join(folder, 'dist', 'api.d.ts'), 'utf8'));

/** The keys of an account travel as headers in the node. */
export const isAccountKey = (field: string): boolean => ['client_id', 'secret'].includes(field);

/** Every field of a request, or why the fields can't be read. */
export function requestFields({ endpoints, definitions }: SdkSchemas, path: string): Flat | Error {
  const request = endpoints[path]?.request;
  if (!request) return new Error('it takes no body');
  const inWireForm = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, onTheWire(schema as Schema)]),
  );
  try {
    const fields = flatten({ $ref: `#/definitions/${request}` }, inWireForm);
    return new Map([...fields].filter(([field]) => !isAccountKey(field)));
  } catch (error) {
    return error as Error;
  }
}
