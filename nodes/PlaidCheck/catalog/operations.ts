import { catalog, type Resource, plaidResources } from './index';
import { customCall } from './customCall';
import type { Endpoint } from './endpoint';
import { getFullReport } from './fullReport';
import type { Summaries } from '../facts/combined';

/** The endpoints of an operation that takes several requests, by name in the output. */
export type Parts = Readonly<Record<string, Endpoint>>;

/** The summaries of an operation's parts. */
export const summariesOf = (parts: Parts): Summaries =>
  Object.fromEntries(
    Object.entries(parts).map(([name, { summary = [] }]) => [name, summary] as const),
  );

/** An operation of the node: a Plaid endpoint, a combination of endpoints, or a custom call. */
export interface Operation extends Endpoint {
  /** Set if one item takes several requests */
  parts?: Parts;
  /** Set if the user provides the path and the JSON */
  isCustom?: true;
}

/** All operations of the node: the catalog and the node's own. */
export const operations: readonly Operation[] = [...catalog, getFullReport, customCall];

export const resources: readonly Resource[] = [
  ...plaidResources,
  {
    value: 'customCall',
    name: 'Other Plaid Endpoint',
    description: 'Call any endpoint of Plaid that is not in this list, by its path and JSON',
    startsWith: 'send',
  },
];

/** The first operation of each path. */
const byPath = new Map<string, Operation>([...operations].reverse().map((one) => [one.path, one]));

/** The operation that sends requests to a path; undefined where the user provides the path. */
export const operationAt = (path: string): Operation | undefined => byPath.get(path);

/**
 * Finds an operation by the values of both pickers.
 * @throws Error if it does not exist, as in a workflow from a newer version of this package
 */
export function findOperation(resource: string, operation: string): Operation {
  const found = operations.find((one) => one.resource === resource && one.operation === operation);
  if (!found) {
    throw new Error(
      `This version of the node has no operation "${operation}" for the resource "${resource}"`,
    );
  }
  return found;
}
