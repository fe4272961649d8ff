import { sha256 } from '../utils/sha256';

/** Evidence of one answer of Plaid, which says nothing of what it holds. */
export type Receipt = {
  path: string;
  /** Of the JSON body as it was sent, without the credential, and with secret fields masked */
  request_sha256: string;
  /** Of the answer's bytes as they arrived */
  response_sha256: string;
  response_bytes: number;
  request_id: string | null;
  /** ISO date and time */
  received_at: string;
};

/** The answers of receipts, beside them, as receipts are saved and answers may hold personal data. */
const answers = new WeakMap<Receipt, Buffer>();

/** Makes the receipt of an answer, and keeps its bytes for as long as the receipt is in memory. */
export function receiptFor(
  about: Pick<Receipt, 'path' | 'request_sha256' | 'request_id'>,
  bytes: Buffer,
): Receipt {
  const { path, request_sha256, request_id } = about;
  const receipt: Receipt = {
    path,
    request_sha256,
    response_sha256: sha256(bytes),
    response_bytes: bytes.length,
    request_id,
    received_at: new Date().toISOString(),
  };
  answers.set(receipt, bytes);
  return receipt;
}

/** Frees the bytes of a response that no output is made from. */
export const forgetAnswer = (receipt: Receipt): boolean => answers.delete(receipt);

/** The bytes that a receipt is about; undefined where it was made by an earlier run. */
export const answerOf = (receipt: Receipt): Buffer | undefined => answers.get(receipt);
