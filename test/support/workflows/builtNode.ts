import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { nodeRequire } from './nodeRealm';

const PROJECT = join(__dirname, '..', '..', '..');

/** Tests of the built package prove nothing about sources that changed after the build. */
function checkBuild(): void {
  const stale = ['nodes', 'credentials']
    .flatMap((folder) => sourcesIn(folder))
    .filter((source) => !isBuilt(source));
  if (stale.length > 0) {
    throw new Error(`dist is missing or older than ${stale.join(', ')}: run "npm run build"`);
  }
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

function isBuilt(source: string): boolean {
  const built = join(PROJECT, 'dist', source.replace(/\.ts$/, '.js'));
  return existsSync(built) && statSync(built).mtimeMs >= statSync(join(PROJECT, source)).mtimeMs;
}

checkBuild();

function load<T>(file: string, className: string): T {
  const exported = nodeRequire(join(PROJECT, 'dist', file)) as Record<string, new () => T>;
  const built = exported[className];
  if (!built) throw new Error(`dist/${file} has no class ${className}`);
  return new built();
}

/** The compiled node, as n8n loads it. */
export const plaidCheck = load<INodeType>('nodes/PlaidCheck/PlaidCheck.node.js', 'PlaidCheck');

/** The compiled trigger node, as n8n loads it. */
export const plaidCheckTrigger = load<INodeType>(
  'nodes/PlaidCheck/PlaidCheckTrigger.node.js',
  'PlaidCheckTrigger',
);

/** The compiled credential type, as n8n loads it. */
export const plaidCheckApi = load<ICredentialType>(
  'credentials/PlaidCheckApi.credentials.js',
  'PlaidCheckApi',
);
