import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What an execution has looked at already. */
export interface Looks {
  /**
   * Whether a user's report is ready, which it is from when a product of it is read for the second time. So all products
   * that are read together are not ready at first, and all of them are once one is.
   */
  isReady(userId: string, path: string): boolean;
}

/** Its key in the data of an execution. */
const LOOKS = 'plaidCheckDemoLooks';

const READY = 'ready';

/**
 * The looks of an execution. n8n keeps them with the data of that execution alone, wherever it runs and goes on after a wait.
 * A list in the editor and a webhook are no execution: there, every report is ready.
 */
export function looksOf(context: Partial<Pick<IExecuteFunctions, 'getContext'>>): Looks {
  return {
    isReady(userId, path) {
      const memory = context.getContext?.('flow');
      if (!memory) return true;
      const looks = (memory[LOOKS] ?? {}) as IDataObject;
      const earlier = (looks[userId] ?? []) as string[];
      const isReady = earlier.includes(READY) || earlier.includes(path);
      memory[LOOKS] = { ...looks, [userId]: isReady ? [READY] : [...earlier, path] };
      return isReady;
    },
  };
}
