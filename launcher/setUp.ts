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
  await importExamples(url, rest, credential);
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
  nodes: { type: string; webhookId?: string; credentials?: Record<string, CredentialRef> }[];
}

const EXAMPLES = join(PROJECT, 'examples');

/** What the examples have in the place of a trigger's address. */
const PLACEHOLDER = 'https://example.com/plaid/webhook';

/** The example whose trigger hears of what another one does, where that is not the example itself. */
const HEARD_BY: Readonly<Record<string, string>> = {
  'batch-create.json': 'batch-collect.json',
  'lifecycle-apply.json': 'lifecycle-report.json',
};

/**
 * Imports the missing examples, ready to run: with the credential and the address of the trigger that hears of them, and
 * published if they have one. Existing ones may have been edited, so they are kept.
 */
async function importExamples(url: string, rest: Rest, credential: CredentialRef): Promise<void> {
  for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
    const example = readExample(file);
    if (await exists(rest, example.id)) continue;
    const address = triggerAddress(url, readExample(HEARD_BY[file] ?? file));
    const ready = withCredential(withAddress(example, address), credential);
    const { versionId } = await rest.call<{ versionId: string }>('POST', '/rest/workflows', ready);
    if (!triggerOf(example)) continue;
    await rest.call('POST', `/rest/workflows/${example.id}/activate`, { versionId });
  }
}

const readExample = (file: string) =>
  JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Workflow;

const triggerOf = ({ nodes }: Workflow) =>
  nodes.find(({ type }) => type === 'n8n-nodes-plaid-check.plaidCheckTrigger');

/** The Production URL of a workflow's trigger, if it has one. */
function triggerAddress(url: string, workflow: Workflow): string | undefined {
  const trigger = triggerOf(workflow);
  return trigger && `${url}/webhook/${trigger.webhookId}/webhook`;
}

/** The notes keep the placeholder out of their text, so that only fields change. */
const withAddress = (workflow: Workflow, address = PLACEHOLDER) =>
  JSON.parse(JSON.stringify(workflow).replaceAll(PLACEHOLDER, address)) as Workflow;

function withCredential(workflow: Workflow, { id, name }: CredentialRef): Workflow {
  const nodes = workflow.nodes.map((node) =>
    node.credentials?.[CREDENTIAL.type]
      ? { ...node, credentials: { ...node.credentials, [CREDENTIAL.type]: { id, name } } }
      : node,
  );
  return { ...workflow, nodes };
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
