import type { JsonObject } from 'n8n-workflow';

/** `certain`: Plaid bills it; `possible`: only if a request without a response succeeded; `none`: Plaid bills nothing. */
export type BillingStatus = 'certain' | 'possible' | 'none';

/** Something that Plaid bills, by its name, such as the product of a report. */
export type BillingLine = { event: string; status: BillingStatus };

/** What requests cost; null where Plaid may bill one that it carried out, but does not publish when. */
export type Bill = BillingLine[] | null;

/** How a request ended: `unknown` where Plaid may have carried it out. */
export type RequestFate = 'succeeded' | 'unknown' | 'failed';

/** What is asked for, and where. */
interface Request {
  baseUrl: string;
  path: string;
  body: JsonObject;
}

/** Knows what the requests of a run cost, each thing once that Plaid bills once. */
export interface Ledger {
  /** What one request costs, once it has ended */
  note: (request: Request, fate: RequestFate) => Bill;
  /** Moves what a read cost from the report that was just created to the one before it, which it returned */
  readEarlierReport: (request: Pick<Request, 'body'>, requests: readonly Billed[]) => void;
}

/** A request that has ended. */
interface Billed {
  bill?: Bill;
}

/** What several requests cost together. What is billed comes first; the rest is listed once. */
export function billOf(requests: readonly Billed[]): Bill {
  if (requests.some(({ bill }) => bill === null)) return null;
  const lines = requests.flatMap(({ bill }) => bill ?? []);
  const billed = lines.filter(isBilled);
  const free = lines
    .map(({ event }) => event)
    .filter((event) => !billed.some((one) => one.event === event));
  return [
    ...billed.map((line) => ({ ...line })),
    ...[...new Set(free)].map((event): BillingLine => ({ event, status: 'none' })),
  ];
}

export const isBilled = ({ status }: BillingLine) => status !== 'none';
