import type { IDisplayOptions } from 'n8n-workflow';

import type { Endpoint } from './endpoint';
import { PARAMETER } from '../fields/names';

/** Shows a field for one operation, optionally depending on other fields. */
export const shownFor = (
  { resource, operation }: Endpoint,
  also: IDisplayOptions['show'] = {},
): IDisplayOptions => ({
  show: { [PARAMETER.resource]: [resource], [PARAMETER.operation]: [operation], ...also },
});

/** Shows an option for the matching endpoints. No other endpoint combines one of their resources and operations. */
export function shownWhere(
  catalog: readonly Endpoint[],
  matches: (endpoint: Endpoint) => boolean,
): IDisplayOptions {
  const endpoints = catalog.filter(matches);
  const distinct = (values: string[]) => [...new Set(values)];
  return {
    show: {
      [`/${PARAMETER.resource}`]: distinct(endpoints.map(({ resource }) => resource)),
      [`/${PARAMETER.operation}`]: distinct(endpoints.map(({ operation }) => operation)),
    },
  };
}
