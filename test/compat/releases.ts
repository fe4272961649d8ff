import { join } from 'node:path';
import { devDependencies } from '../../package.json';
import { n8nVersion } from '../../launcher/install';

const PROJECT = join(__dirname, '../..');

/** A release of n8n, with the engine that it pins. */
export interface Release {
  n8n: string;
  /** Exact versions of n8n's packages that run workflows */
  engine: { 'n8n-core': string; 'n8n-workflow': string };
  /** Where the engine is installed and runs: a folder that can be deleted, or the project */
  folder: string;
}

const installed = (n8n: string, core: string, workflow: string): Release => ({
  n8n,
  engine: { 'n8n-core': core, 'n8n-workflow': workflow },
  folder: join(PROJECT, '.compat', n8n),
});

/** The releases that the README claims, oldest first. The newest is the one that the project is developed with. */
export const RELEASES: readonly Release[] = [
  installed('1.115.4', '1.114.1', '1.112.0'),
  installed('1.123.81', '1.122.48', '1.120.31'),
  installed('2.0.3', '2.0.2', '2.0.1'),
  installed('2.11.4', '2.11.1', '2.11.1'),
  installed('2.27.4', '2.27.3', '2.27.2'),
  {
    n8n: n8nVersion(),
    engine: {
      'n8n-core': devDependencies['n8n-core'],
      'n8n-workflow': devDependencies['n8n-workflow'],
    },
    folder: PROJECT,
  },
];

/**
 * The releases that a command line names: by version, or as `oldest` and `newest`; all where it names none.
 * @throws Error for a name that is none
 */
export function chosen(names: readonly string[]): readonly Release[] {
  if (names.length === 0) return RELEASES;
  return names.map((name) => {
    const place = { oldest: 0, newest: -1 }[name];
    const release =
      place === undefined ? RELEASES.find(({ n8n }) => n8n === name) : RELEASES.at(place);
    if (release) return release;
    const known = RELEASES.map(({ n8n }) => n8n).join(', ');
    throw new Error(`No release "${name}": choose of oldest, newest, ${known}`);
  });
}
