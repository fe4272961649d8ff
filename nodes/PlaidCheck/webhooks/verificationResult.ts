/** Why a webhook is refused for good, in words for n8n's log: none holds anything that came with the webhook. */
export const REJECTION_REASONS = {
  no_token: 'it has no Plaid-Verification header',
  malformed_token: 'its Plaid-Verification header is no JWT as Plaid makes them',
  wrong_algorithm: 'its token is not signed with ES256',
  too_old: 'it was signed more than 5 minutes ago',
  in_the_future:
    "it was signed in the future; if this comes again and again, the clock of n8n's machine is slow",
  changed_body: 'its body is not the one that was signed',
  unknown_key:
    'Plaid does not know the key it names; a webhook of the Sandbox needs a credential for the Sandbox, and one of Production a credential for Production',
  expired_key: 'Plaid has retired the key it is signed with',
  wrong_signature: "its signature is not Plaid's",
} as const;

export type RejectionReason = keyof typeof REJECTION_REASONS;

/** What became of the check of one webhook. */
export type VerificationResult =
  | {
      kind: 'genuine';
      /** The body that was signed, byte for byte */
      body: Buffer;
      /** When Plaid signed it, in ms since the epoch */
      signedAt: number;
      /** From when on it would be too old, in ms since the epoch */
      validUntil: number;
      /** The same for every copy of this very signature, and for no other */
      signatureId: string;
    }
  | { kind: 'refused'; refusal: RejectionReason }
  /** It could not be checked now; Plaid sends it again. The reason is for n8n's log */
  | { kind: 'unchecked'; reason: string };
