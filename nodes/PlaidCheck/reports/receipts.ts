import { operationAt } from '../catalog/operations';
import type { Call } from '../client/send';
import { maskSecrets } from '../fields/mask';
import { mapTexts } from '../utils/json';
import { sha256 } from '../utils/sha256';

/**
 * SHA-256 of the body of a call. Secret fields are masked first: what is short, such as a Social Security number, could be found by
 * trying all of them. The credential is in the headers, and masked wherever else it was pasted.
 */
export function requestDigest({ path, body, redaction }: Call): string {
  const fields = operationAt(path)?.fields ?? [];
  const masked = mapTexts(maskSecrets(fields, body), (text) => redaction.text(text));
  return sha256(JSON.stringify(masked));
}
