import type { JsonValue } from 'n8n-workflow';

import { nextStepFor } from '../../client/errorCodes';
import { failure, type Failure } from '../../client/failure';
import { TEXTS } from '../../client/failureTexts';
import { asObject, asText } from '../../utils/json';

/** Why no product of a report was made. */
interface ProductsFailure {
  /** Products that failed, each with its name */
  failed: JsonValue | undefined;
  /** Plaid's error, or what is known of it */
  error: JsonValue | undefined;
  requestId: JsonValue | undefined;
}

/** The failure of a report of which no product was made. */
export function productsFailure({ failed, error, requestId }: ProductsFailure): Failure {
  const known = asObject(error);
  const error_type = asText(known.error_type);
  const error_code = asText(known.error_code);
  const error_message = asText(known.error_message);
  // The webhook has the code alone.
  const step = nextStepFor({
    error_type: error_type ?? 'CRA_REPORT_ERROR',
    error_code,
    error_message,
  });
  return failure({
    kind: 'report_failed',
    message: TEXTS.noProductMade(namesOf(failed), error_message, error_code),
    steps: step === null ? [] : [step],
    may_have_succeeded: true,
    error_type,
    error_code,
    error_message,
    display_message: asText(known.display_message),
    request_id: asText(requestId),
    documentation_url: 'https://plaid.com/docs/errors/plaid-check/',
  });
}

/** Plaid names a product by an object in the report, and by a text in some webhooks. */
export const namesOf = (products: JsonValue | undefined): string[] =>
  (Array.isArray(products) ? products : []).flatMap(
    (one) => asText(one) ?? asText(asObject(one).product) ?? [],
  );
