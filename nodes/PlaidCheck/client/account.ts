import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { baseUrlOf, DEMO } from '../../../credentials/plaidApi';
import { checkSsl, sslOptionsOf } from '../../../credentials/sslCertificates';
import { readCredential, readCredentialOf, unreadCredential } from './credential';
import { failure, type Failure, messageOf } from './failure';
import { NOTHING_TO_HIDE, redactionOf, type Redaction } from './redaction';
import { sha256 } from '../utils/sha256';

/** Where requests of a run go to. */
export type Account = UsableAccount | { unusable: Failure };

export interface UsableAccount {
  baseUrl: string;
  /** Tells accounts and hosts apart, and says neither */
  key: string;
  redaction: Redaction;
  /** Whether the node answers requests itself (environment Demo) */
  isDemo: boolean;
}

/** What output that is no real person's says, in each item. */
export const demoMark = (account: Account): { demo?: true } =>
  'isDemo' in account && account.isDemo ? { demo: true } : {};

/** Look-ups of the credential that are in flight at once; each is a look into n8n's database. */
const LOOKUPS_AT_ONCE = 20;

const DIFFERS =
  "the credential's expressions give different values for different items, and n8n sends every request of a run with the first item's. Put a Loop Over Items node with batch size 1 before this one, or use a credential for each account";

/**
 * Reads the credential, as far as it matters before n8n adds its headers to each request. n8n does so with the values
 * of the first item; where another item's would differ, its request would go out with somebody else's keys, so then
 * the account is unusable, as its request helper takes no item index.
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
  let credentials: ICredentialDataDecryptedObject;
  let isSame: boolean;
  try {
    credentials = await readCredential(context);
    isSame = await isSameForAll(context, credentials);
  } catch (error) {
    return { unusable: unreadCredential(error).failure };
  }
  try {
    const account = usableAccount(credentials);
    return isSame ? account : unusable(DIFFERS);
  } catch (error) {
    return unusable(messageOf(error));
  }
}

const unusable = (message: string) => ({ unusable: failure({ kind: 'not_sent', message }) });

/** @throws Error if the credential is incomplete or invalid */
export function usableAccount(credentials: ICredentialDataDecryptedObject): UsableAccount {
  const redaction = isDemo(credentials) ? NOTHING_TO_HIDE : redactionOf(credentials);
  const baseUrl = baseUrlOf(credentials);
  checkSsl(credentials, baseUrl);
  const key = sha256(identityOf(credentials));
  return { redaction, isDemo: isDemo(credentials), baseUrl, key };
}

const isDemo = ({ environment }: ICredentialDataDecryptedObject) => environment === DEMO;

/** What decides where a request goes and as whom. */
const identityOf = (credentials: ICredentialDataDecryptedObject) => {
  const { clientId, secret, environment, customBaseUrl } = credentials;
  return JSON.stringify([clientId, secret, environment, customBaseUrl, sslOptionsOf(credentials)]);
};

async function isSameForAll(
  context: IExecuteFunctions,
  first: ICredentialDataDecryptedObject,
): Promise<boolean> {
  const items = [...context.getInputData().keys()].slice(1);
  if (items.length === 0 || !(await hasExpressions(context))) return true;
  const wanted = identityOf(first);
  // A cancelled run sends nothing, so it need not look any further.
  while (items.length > 0 && !context.getExecutionCancelSignal()?.aborted) {
    const some = items.splice(0, LOOKUPS_AT_ONCE);
    const others = await Promise.all(some.map((item) => readCredentialOf(context, item)));
    if (others.some((other) => identityOf(other) !== wanted)) return false;
  }
  return true;
}

/**
 * Whether n8n evaluates expressions to read the credential. It does not say so, but looks up the item for each of them: a
 * read whose item index notices that spares a look into n8n's database for each item of a credential without any.
 */
async function hasExpressions(context: IExecuteFunctions): Promise<boolean> {
  let isLookedUp = false;
  const noticing = {
    [Symbol.toPrimitive]() {
      isLookedUp = true;
      return 0;
    },
  };
  try {
    await readCredentialOf(context, noticing as unknown as number);
    return isLookedUp;
  } catch {
    // Only an expression can't be evaluated for that index; what else is wrong, the reads of the items will tell.
    return true;
  }
}
