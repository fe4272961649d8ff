import type { ContenderName } from '../contenderNames';
import type { Contender } from '../job';

/** Loads a contender alone, so that none has the code of another in its memory. */
const LOAD: Readonly<Record<ContenderName, () => Promise<Contender>>> = {
  plaidCheck: async () => (await import('./plaidCheck.js')).plaidCheck,
  httpRequest: async () => (await import('./httpRequest.js')).httpRequest,
  sdk: async () => (await import('./sdk.js')).sdk,
  requestHelper: async () => (await import('./requestHelper.js')).requestHelper,
  nodeHttp: async () => (await import('./nodeHttp.js')).nodeHttp,
};

export const loadContender = (name: ContenderName): Promise<Contender> => LOAD[name]();
