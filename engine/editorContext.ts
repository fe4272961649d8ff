import './environment';
import { randomUUID } from 'node:crypto';
import { LoadOptionsContext } from 'n8n-core';
import { type INode, Workflow } from 'n8n-workflow';
import { CredentialsHelper, type CredentialStore } from './credentials';
import { loadPackages } from './packages';
import { additionalData } from './surroundings';

/** The context that n8n gives a node while a field is edited, outside of an execution. */
export async function editorContext(
  node: INode,
  credentials: CredentialStore,
): Promise<LoadOptionsContext> {
  const packages = await loadPackages();
  const workflow = new Workflow({
    id: randomUUID(),
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: packages.nodeTypes,
  });
  const surroundings = additionalData(undefined, new CredentialsHelper(packages, credentials));
  surroundings.currentNodeParameters = node.parameters;
  return new LoadOptionsContext(workflow, node, surroundings, '');
}
