import { PlaidEnvironments } from 'plaid';
import { startSandbox } from '../../sandbox/server';
import type { Applicant } from './applicants';
import { prepareApplicants } from './plaidSandbox';

/** Where the demo's requests go. */
export interface Target {
  /** For the reader. */
  name: string;
  baseUrl: string;
  /** Data of the `plaidCheckApi` credential. */
  credential: Record<string, string>;
  /** The applicants with their user IDs at this Plaid; reports progress to `onProgress`. */
  prepare(applicants: Applicant[], onProgress: (line: string) => void): Promise<Applicant[]>;
  close(): Promise<void>;
}

/** ms; long enough that the first read is too early, so that the node waits. */
const READY_AFTER_MS = 2500;

/**
 * With `PLAID_CLIENT_ID` and `PLAID_SECRET`: Plaid's own Sandbox, or what `PLAID_BASE_URL` points at.
 * Otherwise a local stand-in that is started here. Throws when only some of what it needs is set.
 */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const { PLAID_CLIENT_ID: clientId, PLAID_SECRET: secret, PLAID_BASE_URL: ownBaseUrl } = env;
  if (!clientId !== !secret || (ownBaseUrl && !clientId)) {
    throw new Error('Set both PLAID_CLIENT_ID and PLAID_SECRET, or none of the PLAID_ variables');
  }
  if (clientId && secret) {
    const baseUrl = ownBaseUrl || String(PlaidEnvironments.sandbox);
    return {
      name: ownBaseUrl ? baseUrl : "Plaid's Sandbox",
      baseUrl,
      credential: ownBaseUrl
        ? { environment: 'custom', customBaseUrl: baseUrl, clientId, secret }
        : { environment: 'sandbox', clientId, secret },
      prepare: (applicants, onProgress) =>
        prepareApplicants(baseUrl, { clientId, secret }, applicants, onProgress),
      close: async () => {},
    };
  }
  const sandbox = await startSandbox({ port: 0, readyAfterMs: READY_AFTER_MS });
  return {
    name: `the local stand-in for Plaid at ${sandbox.url}`,
    baseUrl: sandbox.url,
    credential: {
      environment: 'custom',
      customBaseUrl: sandbox.url,
      clientId: sandbox.clientId,
      secret: sandbox.secret,
    },
    prepare: async (applicants) => applicants,
    close: () => sandbox.close(),
  };
}
