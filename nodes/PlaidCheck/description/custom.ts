import type { INodeProperties } from 'n8n-workflow';

import { customCall } from '../catalog/customCall';
import { PARAMETER } from '../fields/names';

/** A custom call takes JSON only, so it has no choice between fields and JSON. */
export const isCustomCall = { [PARAMETER.resource]: [customCall.resource] };

/** The fields of a request to any endpoint. */
export const customFields: readonly INodeProperties[] = [
  {
    displayName: 'Path',
    name: PARAMETER.customPath,
    type: 'string',
    required: true,
    default: '',
    placeholder: 'e.g. /institutions/get_by_id',
    description:
      "The path of the endpoint as in Plaid's reference; the host comes from the credential",
  },
  {
    displayName: 'Request Body (JSON)',
    name: PARAMETER.customBody,
    type: 'json',
    required: true,
    default: '{}',
    description: "The complete request as JSON; the node adds the credential's keys",
  },
  {
    displayName: 'Safe to Retry',
    name: PARAMETER.customSafeToRetry,
    type: 'boolean',
    default: false,
    description:
      'Whether to retry the request when the first attempt may have succeeded; leave it off for requests that create something or are billed',
  },
];
