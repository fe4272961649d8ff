import type { IDataObject } from 'n8n-workflow';

/** The report that a paused execution waits for. */
export interface AwaitedReport {
  /** `attempt` of PausePlan */
  attempt: string;
  /** undefined where the request named the user by a token, as older ones do */
  userId?: string;
  /** Plaid's response to the request */
  created: IDataObject;
  /** Fields of the input item that the output has as well; absent in executions that paused before there were any */
  input?: IDataObject;
  /** ms since the epoch */
  since: number;
}

/** Its key in the node's memory. */
export const AWAITED = 'awaitedReport';
