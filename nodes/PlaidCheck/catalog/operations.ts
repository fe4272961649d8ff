import { catalog, type Resource, plaidResources as ofPlaid } from './index';
import { customCall } from './customCall';
import type { Endpoint } from './endpoint';
import { getFullReport } from './fullReport';

/** What the node can do: an endpoint of Plaid, or something made of several or of any. */
export interface Operation extends Endpoint {
  /** Set where one item is several requests: the endpoint of each, by its name in the output */
  parts?: Readonly<Record<string, Endpoint>>;
  /** Set where the user gives the path and the JSON */
  isCustom?: true;
}

/** Every operation of the pickers; those of Plaid alone are the catalog. */
export const operations: readonly Operation[] = [...catalog, getFullReport, customCall];

/** The resource picker. */
export const resources: readonly Resource[] = [
  ...ofPlaid,
  {
    value: 'customCall',
    name: 'Custom API Call',
    description: 'Any other endpoint of Plaid, by its path and JSON',
  },
];

/**
 * The operation behind a resource and an operation of the pickers.
 * @throws Error if there is none, as in a workflow of a newer version of this package
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
