import type { JsonObject, JsonValue } from 'n8n-workflow';

import { BILLING } from '../catalog/billing';
import type { Operation } from '../catalog/operations';
import { maskSecrets, MASK } from '../fields/mask';
import { fullReportCalls } from '../reports/fullReport';
import type { Job } from '../reports/job';
import { mapTexts } from '../utils/json';
import { PLAID_VERSION } from '../../../credentials/plaidApi';
import type { Call } from '../client/send';

/** The request of an item as it would be sent, with the keys masked; several for a full report or where one looks first. */
export function previewOf({ call, operation, look }: Job): JsonObject {
  const { parts } = operation;
  if (look) {
    const requests = [
      { step: 'look for what exists', ...previewOfCall(look.call, look.endpoint) },
      { step: 'create, unless the first request finds it', ...previewOfCall(call, operation) },
    ];
    return { requests };
  }
  if (!parts) return previewOfCall(call, operation);
  const requests = fullReportCalls(parts, call).map(([name, one, part]) => ({
    product: name,
    ...previewOfCall(one, part),
  }));
  return { requests: requests as unknown as JsonValue };
}

function previewOfCall(
  { baseUrl, redaction, path, body }: Call,
  { fields, billing }: Operation,
): JsonObject {
  return {
    method: 'POST',
    url: `${baseUrl}${path}`,
    headers: {
      'Content-Type': 'application/json',
      'PLAID-CLIENT-ID': MASK,
      'PLAID-SECRET': MASK,
      'Plaid-Version': PLAID_VERSION,
    },
    body: mapTexts(maskSecrets(fields, body), (text) => redaction.text(text)),
    // Plaid does not document that the other endpoints are free.
    may_be_billed: billing ? true : null,
    ...(billing && { billing: BILLING[billing] }),
  };
}
