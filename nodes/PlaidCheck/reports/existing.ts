import type { IDataObject, JsonObject } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import type { Failure } from '../client/failure';
import type { Call } from '../client/send';

/** A read before a creation, which finds out whether what it would create exists. */
export interface Look {
  call: Call;
  endpoint: Endpoint;
  /** Items of one run with the same key share one creation */
  key: string;
  /** What a successful read says */
  judge: (answer: Answer) => Verdict;
}

/** What a look read, and how far Plaid's clock is ahead of this machine's. */
interface Answer {
  json: JsonObject;
  clockAheadMs?: number;
}

/** The output for what exists, its failure, or that another one is to be created. */
export type Verdict = { existing: JsonObject } | { failure: Failure } | 'create';

/** Whether an output is of something that existed before, so that nothing was created. */
export const isExisting = ({ report_status, subscription_status }: IDataObject): boolean =>
  report_status === 'existing' ||
  report_status === 'being_made' ||
  subscription_status === 'existing';

/** The output for a report of which Plaid does not tell more until it is ready. */
export const beingMade = (request_id: string | null): JsonObject => ({
  report_status: 'being_made',
  request_id,
});
