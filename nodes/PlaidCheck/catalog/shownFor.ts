import type { IDisplayOptions } from 'n8n-workflow';

import type { Endpoint } from './endpoint';
import { PARAMETER } from '../fields/names';

/** Shows a field for one operation, and only together with certain values of other fields. */
export const shownFor = (
  { resource, operation }: Endpoint,
  also: IDisplayOptions['show'] = {},
): IDisplayOptions => ({
  show: { [PARAMETER.resource]: [resource], [PARAMETER.operation]: [operation], ...also },
});

/** Shows an option for the operations of certain endpoints; none of the others has a pair of these names. */
export function shownWhere(
  catalog: readonly Endpoint[],
  isMeant: (endpoint: Endpoint) => boolean,
): IDisplayOptions {
  const meant = catalog.filter(isMeant);
  const distinct = (values: string[]) => [...new Set(values)];
  return {
    show: {
      [`/${PARAMETER.resource}`]: distinct(meant.map(({ resource }) => resource)),
      [`/${PARAMETER.operation}`]: distinct(meant.map(({ operation }) => operation)),
    },
  };
}
