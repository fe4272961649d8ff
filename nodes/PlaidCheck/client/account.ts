import type { IExecuteFunctions } from 'n8n-workflow';

import { authenticationHeaders, baseUrlOf } from '../../../credentials/plaidApi';
import { messageOf } from './failure';

/** Where requests of a run go to; read once, as it takes n8n a look into its database. */
export type Account = { baseUrl: string } | { unusable: string };

/** Reads the credential, as far as it matters before n8n adds its headers to each request. */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
  try {
    const credentials = await context.getCredentials('plaidCheckApi', 0);
    // Asked for its check alone.
    authenticationHeaders(credentials);
    return { baseUrl: baseUrlOf(credentials) };
  } catch (error) {
    return { unusable: messageOf(error) };
  }
}
