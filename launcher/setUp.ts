import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Owner } from './owner';
import { PROJECT } from './paths';
import { call, RestError, signIn, type Rest } from './rest';

const CREDENTIAL = { name: 'Plaid Check sandbox', type: 'plaidCheckApi' };

export interface Target {
  /** n8n's address. */
  url: string;
  owner: Owner;
  sandbox: { url: string; clientId: string; secret: string };
}

/** The owner's session, once there is an account, a credential for the sandbox and the examples. */
export async function setUp({ url, owner, sandbox }: Target): Promise<Rest> {
  const rest = await signInAsOwner(url, owner);
  const credential = await readyCredential(rest, sandbox);
  await importExamples(rest, credential);
  return rest;
}

async function signInAsOwner(url: string, { email, password }: Owner): Promise<Rest> {
  const { userManagement } = await call<{
    userManagement: { showSetupOnFirstLoad?: boolean };
  }>(url, 'GET', '/rest/settings');
  if (userManagement.showSetupOnFirstLoad) {
    const owner = { email, password, firstName: 'Plaid', lastName: 'Check' };
    await call(url, 'POST', '/rest/owner/setup', owner);
  }
  return signIn(url, email, password);
}

interface CredentialRef {
  id: string;
  name: string;
}

/** Creates the credential, or updates the one from an earlier start to the sandbox's current address. */
async function readyCredential(rest: Rest, sandbox: Target['sandbox']): Promise<CredentialRef> {
  const all = await rest.call<(CredentialRef & { type: string })[]>('GET', '/rest/credentials');
  const data = {
    environment: 'custom',
    customBaseUrl: sandbox.url,
    clientId: sandbox.clientId,
    secret: sandbox.secret,
  };
  const found = all.find(({ name, type }) => name === CREDENTIAL.name && type === CREDENTIAL.type);
  if (!found) return rest.call('POST', '/rest/credentials', { ...CREDENTIAL, data });
  return rest.call('PATCH', `/rest/credentials/${found.id}`, { ...CREDENTIAL, data });
}

interface Workflow {
  id: string;
  nodes: { credentials?: Record<string, CredentialRef> }[];
}

/** Imports the missing examples. Existing ones may have been edited, so they are kept. */
async function importExamples(rest: Rest, { id, name }: CredentialRef): Promise<void> {
  for (const example of examples()) {
    if (await exists(rest, example.id)) continue;
    const nodes = example.nodes.map((node) =>
      node.credentials?.[CREDENTIAL.type]
        ? { ...node, credentials: { ...node.credentials, [CREDENTIAL.type]: { id, name } } }
        : node,
    );
    await rest.call('POST', '/rest/workflows', { ...example, nodes });
  }
}

function examples(): Workflow[] {
  const folder = join(PROJECT, 'examples');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow);
}

async function exists(rest: Rest, workflowId: string): Promise<boolean> {
  try {
    await rest.call('GET', `/rest/workflows/${workflowId}`);
    return true;
  } catch (error) {
    if (error instanceof RestError && error.status === 404) return false;
    throw error;
  }
}
