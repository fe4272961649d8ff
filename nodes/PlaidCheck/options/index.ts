import type { INodeProperties } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { PARAMETER } from '../fields/names';
import { DEFAULTS } from './read';
import { DEFAULT_BINARY_FIELD } from './output';
import {
  DEFAULT_CONNECT_TIMEOUT_SECONDS,
  DEFAULT_TIMEOUT_SECONDS,
  MAX_TIMEOUT_SECONDS,
} from '../client/timeout';
import { shownWhere } from '../catalog/shownFor';
import { batching } from './batching';
import { createIfExpired } from './createIfExpired';
import { retry } from './retry';
import { waitUntilReady } from './waitUntilReady';

const { responseSizeLimit } = DEFAULTS;

/** The options at the end of the node; some are for the operations alone that they mean something to. */
export const nodeOptions = (catalog: readonly Endpoint[]): INodeProperties => ({
  displayName: 'Options',
  name: PARAMETER.options,
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  description: 'How to send the request and what to output',
  options: [
    batching,
    {
      displayName: 'Connect Timeout (Seconds)',
      name: 'connectTimeout',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_SECONDS },
      default: DEFAULT_CONNECT_TIMEOUT_SECONDS,
      description:
        'How long to wait for a connection to Plaid, with n8n 2.20 or later and no proxy; without a connection nothing has been sent, so it is tried again whatever the operation',
    },
    createIfExpired(catalog),
    {
      displayName: 'Extra Body Fields (JSON)',
      name: 'extraBodyFields',
      type: 'json',
      default: '{}',
      description:
        'JSON that is laid over the request, for fields and values that Plaid has added since this version of the node',
    },
    {
      displayName: 'Include Attempts',
      name: 'includeAttempts',
      type: 'boolean',
      default: false,
      description:
        'Whether to output, beside the answer, each request that was made for it and how long it took',
    },
    {
      displayName: 'Items Per Request',
      name: 'itemsPerRequest',
      type: 'number',
      typeOptions: { minValue: 1, numberPrecision: 0 },
      default: 100,
      description:
        'How many input items to send to Plaid in one request; if Plaid refuses it, the items are sent in smaller groups until each has its own answer',
      displayOptions: shownWhere(catalog, ({ combine }) => combine !== undefined),
    },
    {
      displayName: 'Preview Request',
      name: 'previewRequest',
      type: 'boolean',
      default: false,
      description:
        'Whether to output the checked request as it would be sent, with keys and secret fields masked, instead of sending it; what Create Report If Expired would send is not shown',
    },
    {
      displayName: 'Put Output File in Field',
      name: 'binaryField',
      type: 'string',
      default: DEFAULT_BINARY_FIELD,
      description: 'The name of the output field that takes the PDF',
      displayOptions: shownWhere(catalog, ({ pdf }) => pdf !== undefined),
    },
    {
      displayName: 'Response Size Limit (MB)',
      name: 'responseSizeLimit',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: responseSizeLimit,
      description: 'The largest answer to accept; a longer one is an error instead of an output',
    },
    retry,
    {
      displayName: 'Split Into Items',
      name: 'splitIntoItems',
      type: 'boolean',
      default: false,
      description: 'Whether to output one item for each entry of the list instead of one in all',
      displayOptions: shownWhere(catalog, ({ list }) => list !== undefined),
    },
    {
      displayName: 'Timeout (Seconds)',
      name: 'timeout',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: MAX_TIMEOUT_SECONDS },
      default: DEFAULT_TIMEOUT_SECONDS,
      description:
        'How long to wait for the whole answer, the time to connect included, an hour at most',
    },
    {
      displayName: 'Validate Request',
      name: 'validateRequest',
      type: 'boolean',
      default: true,
      description:
        'Whether to check the request before it is sent, so that nothing leaves with a field that Plaid would refuse',
    },
    waitUntilReady(catalog),
  ],
});
