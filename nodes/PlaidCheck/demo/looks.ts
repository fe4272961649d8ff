import type { IExecuteFunctions } from 'n8n-workflow';

/** What an execution has looked at already. */
export interface Looks {
  /** Whether this is the first look at it, which counts from then on */
  isFirst(at: string): boolean;
}

/** Its key in the data of an execution. */
const LOOKS = 'plaidCheckDemoLooks';

/**
 * The looks of an execution. n8n keeps them with the data of that execution alone, wherever it runs and goes on after a wait.
 * A list in the editor and a webhook are no execution: there, nothing is a first look.
 */
export function looksOf(context: Partial<Pick<IExecuteFunctions, 'getContext'>>): Looks {
  return {
    isFirst(at) {
      const memory = context.getContext?.('flow');
      if (!memory) return false;
      const looks = (memory[LOOKS] ?? []) as string[];
      if (looks.includes(at)) return false;
      memory[LOOKS] = [...looks, at];
      return true;
    },
  };
}
