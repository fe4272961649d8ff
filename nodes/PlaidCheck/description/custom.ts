import type { INodeProperties } from 'n8n-workflow';

import { customCall } from '../catalog/customCall';
import type { Endpoint } from '../catalog/endpoint';
import { PARAMETER } from '../fields/names';
import { shownFor } from '../catalog/shownFor';

/** A custom call is given as JSON only, so there is no choice of how to give it. */
export const isCustomCall = { [PARAMETER.resource]: [customCall.resource] };

/** The fields of a request to any endpoint. */
export const customFields = (operation: Endpoint): INodeProperties[] => [
  {
    displayName: 'Path',
    name: PARAMETER.customPath,
    type: 'string',
    required: true,
    default: '',
    placeholder: 'e.g. /institutions/get_by_id',
    description:
      "The path of the endpoint as in Plaid's reference; it goes to the address of the credential",
    displayOptions: shownFor(operation),
  },
  {
    displayName: 'Request Body (JSON)',
    name: PARAMETER.customBody,
    type: 'json',
    required: true,
    default: '{}',
    description:
      'The whole request as a JSON object, or an expression that gives one; the keys of the credential are added as headers',
    displayOptions: shownFor(operation),
  },
  {
    displayName: 'Safe to Repeat',
    name: PARAMETER.customRepeatable,
    type: 'boolean',
    default: false,
    description:
      'Whether the request may be sent again when it is not known if it went through; leave it off for what creates something or is billed',
    displayOptions: shownFor(operation),
  },
];
