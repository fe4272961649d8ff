import './environment';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import { type ICredentialType, type INodeTypes, NodeHelpers, UserError } from 'n8n-workflow';
import { asTool, caller, CALLER_TYPE } from './tools';

const PROJECT = join(__dirname, '..');

/** What the installed node packages offer to a workflow. */
export interface Packages {
  nodeTypes: INodeTypes;
  credentialTypes: CredentialTypes;
}

/** Credential types by name, as n8n's `CredentialTypes` service offers them. */
export interface CredentialTypes {
  /** Throws n8n's `UnrecognizedCredentialTypeError` when no package has the type. */
  getByName(type: string): ICredentialType;
  /** The types this one extends, nearest first. */
  getParentTypes(type: string): string[];
  /** Full node type names (`package.node`) that declare the credential. */
  getSupportedNodes(type: string): string[];
}

let loaded: Promise<Packages> | undefined;

/** n8n's own nodes and this project's built package, loaded once per process by n8n's loaders. */
export function loadPackages(): Promise<Packages> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Packages> {
  const base = dirname(require.resolve('n8n-nodes-base/package.json'));
  const loaders = [new PackageDirectoryLoader(PROJECT), new LazyPackageDirectoryLoader(base)];
  // Looked up once: n8n asks for a node's type at every parameter it reads.
  const built = new Set(loaders.filter(isBuilt));
  for (const loader of built) await loader.loadAll();
  return { nodeTypes: nodeTypesOf(loaders, built), credentialTypes: credentialTypesOf(loaders) };
}

/** Whether every file that the package's `n8n` block names is there. */
function isBuilt({ directory, packageJson }: PackageDirectoryLoader): boolean {
  const { nodes = [], credentials = [] } = packageJson.n8n ?? {};
  return [...nodes, ...credentials].every((file) => existsSync(join(directory, file)));
}

function nodeTypesOf(
  loaders: readonly PackageDirectoryLoader[],
  built: ReadonlySet<PackageDirectoryLoader>,
): INodeTypes {
  const find = (fullName: string) => {
    if (fullName === CALLER_TYPE) return caller;
    const [packageName, ...rest] = fullName.split('.');
    const loader = loaders.find((candidate) => candidate.packageName === packageName);
    if (!loader) throw new UserError(`No package "${packageName}" for node type "${fullName}"`);
    if (!built.has(loader)) throw new UserError(`${packageName} is not built: run "npm run build"`);
    const name = rest.join('.');
    const { type } = loader.getNode(name.replace(/Tool$/, ''));
    return name.endsWith('Tool') ? asTool(type) : type;
  };
  return {
    getByName: find,
    getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
    getKnownTypes: () =>
      Object.fromEntries(
        loaders.flatMap(({ packageName, known }) =>
          Object.entries(known.nodes).map(([name, details]) => [
            `${packageName}.${name}`,
            { ...details },
          ]),
        ),
      ),
  };
}

function credentialTypesOf(loaders: PackageDirectoryLoader[]): CredentialTypes {
  const loaderOf = (type: string) => loaders.find(({ known }) => type in known.credentials);
  const getParentTypes = (type: string): string[] => {
    const parents = loaderOf(type)?.known.credentials[type]?.extends ?? [];
    return parents.flatMap((parent) => [parent, ...getParentTypes(parent)]);
  };
  return {
    getByName(type) {
      // The first loader reports an unknown type in n8n's own words.
      const loader = loaderOf(type) ?? loaders[0];
      if (!loader) throw new UserError(`Unknown credential type "${type}"`);
      return loader.getCredential(type).type;
    },
    getParentTypes,
    getSupportedNodes(type) {
      const loader = loaderOf(type);
      const names = loader?.known.credentials[type]?.supportedNodes ?? [];
      return names.map((name) => `${loader?.packageName}.${name}`);
    },
  };
}
