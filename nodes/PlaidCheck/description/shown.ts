import type { IDisplayOptions } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { PARAMETER } from '../fields/names';

/** Shows a field for one operation, and only together with certain values of other fields. */
export const shownFor = (
  { resource, operation }: Endpoint,
  also: IDisplayOptions['show'] = {},
): IDisplayOptions => ({
  show: { [PARAMETER.resource]: [resource], [PARAMETER.operation]: [operation], ...also },
});
