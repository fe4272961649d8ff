/** Why a webhook is rejected, for n8n's log. None of the texts contains data from the webhook. */
export const REJECTION_REASONS = {
  no_token: 'it has no Plaid-Verification header',
  malformed_token: 'its Plaid-Verification header is not a valid Plaid token',
  wrong_algorithm: 'its token is not signed with ES256',
  too_old: 'it was signed more than 5 minutes ago',
  in_the_future:
    "it was signed in the future; if this keeps happening, the clock of n8n's machine is slow",
  changed_body: 'its body does not match the signed hash',
  unknown_key:
    'Plaid does not know its key; Sandbox webhooks need a Sandbox credential and Production webhooks a Production credential',
  expired_key: 'Plaid has retired its key',
  wrong_signature: 'its signature is invalid',
} as const;

export type RejectionReason = keyof typeof REJECTION_REASONS;

export type VerificationResult =
  | {
      kind: 'verified';
      /** The signed bytes */
      body: Buffer;
      /** ms since the epoch */
      signedAt: number;
      /** ms since the epoch; the token is too old after that */
      validUntil: number;
      /** The same for every copy of this signature, and for no other */
      signatureId: string;
    }
  | { kind: 'rejected'; reason: RejectionReason }
  /** Could not be verified now, so Plaid should retry; the detail is for n8n's log */
  | { kind: 'unavailable'; detail: string };
