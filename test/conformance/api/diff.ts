/**
 * `npm run api:diff [-- <version>]`: what a version of Plaid's SDK adds over the locked one. Without a version it compares the
 * newest on npm, and exits with 1 when that is newer than the locked one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ApiDifference, Change, Entry } from './difference';
import { download, lockedVersion, newestVersion } from './npm';
import { isNewer } from './version';

async function main(wanted: string | undefined): Promise<number> {
  if (wanted !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted)) {
    throw new Error(`"${wanted}" is not a version. Usage: npm run api:diff [-- 48.0.0]`);
  }
  const locked = await lockedVersion();
  const version = wanted ?? (await newestVersion());
  if (!wanted && !isNewer(version, locked)) {
    console.log(`Nothing newer: npm has plaid ${version}, the lock file ${locked}.`);
    return 0;
  }
  console.log(report(version, locked, await difference(version)));
  if (wanted) return 0;
  console.error(
    `npm has plaid ${version}, newer than ${locked} in package-lock.json. Add what is listed above to the catalog, or to the list of differences with a reason, then update the lock file.`,
  );
  return 1;
}

async function difference(version: string): Promise<ApiDifference> {
  // Both load TypeScript and the catalog, which takes a second that most days need not.
  const { differenceOf } = await import('./difference.js');
  const { installedSdk, sdkIn } = await import('./sdk.js');
  const folder = await mkdtemp(join(tmpdir(), 'plaid-package-'));
  try {
    return differenceOf(await installedSdk(), await sdkIn(await download(version, folder)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const TITLES: Readonly<Record<Entry['kind'], string>> = {
  path: 'Paths',
  field: 'Request fields',
  value: 'Values',
  'answer field': 'Fields of answers',
  'answer value': 'Values of answers',
  webhook: 'Webhooks',
  'webhook field': 'Webhook fields',
};

function report(version: string, locked: string, { added, removed, changed }: ApiDifference) {
  return [
    `plaid ${version} compared with ${locked}: Plaid Check, Link and users`,
    ...listed('added', added),
    ...listed('removed', removed),
    ...changes(changed),
    added.length + removed.length + changed.length === 0
      ? 'No difference.'
      : `${added.length} added, of which the node has ${added.filter(({ inNode }) => inNode).length}; ${removed.length} removed; ${changed.length} changed`,
  ].join('\n');
}

const changes = (changed: readonly Change[]): string[] =>
  changed.length === 0
    ? []
    : [
        `Changed (${changed.length}):`,
        ...changed.map(({ name, was, is }) => `  ${name}: was ${was}; is ${is}`),
      ];

const listed = (what: string, entries: readonly Entry[]): string[] =>
  Object.entries(TITLES).flatMap(([kind, title]) => {
    const ofKind = entries.filter((entry) => entry.kind === kind);
    return ofKind.length === 0
      ? []
      : [
          `${title} ${what} (${ofKind.length}):`,
          ...ofKind.map(({ name, inNode }) => `  ${name}${inNode ? ' (the node has it)' : ''}`),
        ];
  });

main(process.argv[2])
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    // Another code than that for a newer version: a job can tell "npm did not answer" from it.
    process.exitCode = 2;
  });
