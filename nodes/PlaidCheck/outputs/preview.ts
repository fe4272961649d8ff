import type { JsonObject, JsonValue } from 'n8n-workflow';

import { partCalls } from '../flow/parts';
import type { Prepared } from '../prepare';
import { PLAID_VERSION } from '../../../credentials/plaidApi';
import type { Call } from '../transport/send';

/** The request of an item as it would be sent, with the keys masked; several where an item is several requests. */
export function previewOf({ call, operation }: Prepared): JsonObject {
  const { parts, isCustom } = operation;
  if (!parts) return previewOfCall(call, isCustom ? null : operation.mayBeBilled === true);
  const requests = partCalls(parts, call).map(([name, one]) => ({
    product: name,
    ...previewOfCall(one, parts[name]?.mayBeBilled === true),
  }));
  return { requests: requests as unknown as JsonValue };
}

/** @param mayBeBilled null where nothing is known of the endpoint */
function previewOfCall({ baseUrl, path, body }: Call, mayBeBilled: boolean | null): JsonObject {
  return {
    method: 'POST',
    url: `${baseUrl}${path}`,
    headers: {
      'Content-Type': 'application/json',
      'PLAID-CLIENT-ID': MASKED,
      'PLAID-SECRET': MASKED,
      'Plaid-Version': PLAID_VERSION,
    },
    body,
    may_be_billed: mayBeBilled,
  };
}

const MASKED = '********';
