import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { byName, PARAMETER } from '../fields/names';
import { textParameter } from './queryPlaid';

/** Lists the facts of the chosen operation's simplified output; sends nothing. */
export async function loadFacts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  // Loaded on first use: the catalog would more than double the time n8n takes to load the node.
  const { findOperation } = await import('../catalog/operations.js');
  const resource = textParameter(this, PARAMETER.resource);
  return factChoices(findOperation(resource, textParameter(this, PARAMETER.operation)));
}

/** The facts of an operation as choices of a drop-down. */
export const factChoices = ({ summary = [] }: Pick<Endpoint, 'summary'>): INodePropertyOptions[] =>
  summary
    .map(({ name, label, description }) => ({ name: label, value: name, description }))
    .sort((one, other) => byName(one.name, other.name));
