import type { INode, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import type { CredentialStore } from './credentials';
import { editorContext } from './editorContext';
import { loadPackages } from './packages';

export interface ListOptions {
  /** The node as it stands in the editor, with expressions already worked out. */
  node: INode;
  /** The method that the field names in `searchListMethod` or `loadOptionsMethod`. */
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
  const context = await editorContext(node, credentials);
  const { nodeTypes } = await loadPackages();
  const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
  const list = type.methods?.listSearch?.[method];
  if (!list) throw new Error(`${node.type} has no list "${method}"`);
  return await list.call(context, filter);
}

/**
 * What n8n's editor would show in a drop-down of a node whose choices it loads.
 * @throws what the node throws, of which the editor shows the message
 */
export async function loadedChoices(options: ListOptions): Promise<INodePropertyOptions[]> {
  const { node, method, credentials = {} } = structuredClone(options);
  const context = await editorContext(node, credentials);
  const { nodeTypes } = await loadPackages();
  const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
  const load = type.methods?.loadOptions?.[method];
  if (!load) throw new Error(`${node.type} loads no choices by "${method}"`);
  return await load.call(context);
}
