/** A PDF that Plaid answered with. */
export interface Pdf {
  bytes: Buffer;
  /** From the header `plaid-request-id`, as a PDF has no room for it */
  requestId: string | null;
}

/** The first bytes of every PDF file (ISO 32000-1, 7.5.2). */
export const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-';
