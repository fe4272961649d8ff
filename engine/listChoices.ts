import './environment';
import { randomUUID } from 'node:crypto';
import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeListSearchResult } from 'n8n-workflow';
import { CredentialsHelper } from './credentials';
import type { CredentialStore } from './credentials';
import { loadPackages } from './packages';
import { additionalData } from './surroundings';

export interface ListOptions {
  /** The node as it stands in the editor, with expressions already worked out. */
  node: INode;
  /** The method that the field names in `searchListMethod`. */
  method: string;
  /** What was typed into the list's search box. */
  filter?: string;
  /** Credential data by credential type name. */
  credentials?: CredentialStore;
}

/**
 * What n8n's editor would show under "From List" for a field of a node.
 * @throws what the node throws, of which the editor shows the message
 */
export async function listChoices(options: ListOptions): Promise<INodeListSearchResult> {
  const { node, method, filter, credentials = {} } = structuredClone(options);
  const packages = await loadPackages();
  const { nodeTypes } = packages;
  const workflow = new Workflow({
    id: randomUUID(),
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes,
  });
  const surroundings = additionalData(undefined, new CredentialsHelper(packages, credentials));
  surroundings.currentNodeParameters = node.parameters;
  const context = new LoadOptionsContext(workflow, node, surroundings, '');
  const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
  const list = type.methods?.listSearch?.[method];
  if (!list) throw new Error(`${node.type} has no list "${method}"`);
  return await list.call(context, filter);
}
