import type { JsonObject } from 'n8n-workflow';

import { isFreeHost } from '../../../credentials/plaidApi';
import { billedFor } from '../catalog/billing';
import { operationAt } from '../catalog/operations';
import type { BillingLine, Ledger } from '../client/bill';

/** What is billed of one report, by event. */
type Report = Map<string, BillingLine>;

/** What is billed of a user's newest report, and of the one before it. */
interface Reports {
  newest: Report;
  earlier: Report;
}

/**
 * Counts what the requests of a run cost. Plaid bills a product of a report once, so that a second read of it, a retry or another
 * item costs nothing; a created report starts anew.
 */
export function openLedger(): Ledger {
  const byUser = new Map<string, Reports>();
  const reportsOf = (body: JsonObject): Reports => {
    const key = reportKeyOf(body);
    const known = byUser.get(key) ?? { newest: new Map(), earlier: new Map() };
    byUser.set(key, known);
    return known;
  };

  return {
    note({ baseUrl, path, body }, fate) {
      const endpoint = operationAt(path);
      const billed = endpoint ? billedFor(endpoint, body) : null;
      const isFree = fate === 'failed' || isFreeHost(baseUrl);
      if (!billed) return isFree ? [] : null;
      const { products, events } = billed;
      if (isFree) return [...products, ...events].map((event) => ({ event, status: 'none' }));
      if (products.length + events.length === 0 && !endpoint?.makesReport) return [];
      const status = fate === 'succeeded' ? 'certain' : 'possible';
      const reports = reportsOf(body);
      if (endpoint?.makesReport) {
        reports.earlier = reports.newest;
        reports.newest = new Map();
      }
      return [
        ...products.map((event) => addOnce(reports.newest, { event, status })),
        ...events.map((event): BillingLine => ({ event, status })),
      ];
    },
    readEarlierReport({ body }, requests) {
      const { newest, earlier } = reportsOf(body);
      for (const line of requests.flatMap(({ bill }) => bill ?? [])) {
        if (newest.get(line.event) !== line) continue;
        newest.delete(line.event);
        const { status } = addOnce(earlier, line);
        line.status = status;
      }
    },
  };
}

/** Adds what a request cost to what is billed of a report; a line of status `none` where it is billed already. */
function addOnce(report: Report, line: BillingLine): BillingLine {
  const earlier = report.get(line.event);
  if (earlier && (earlier.status === 'certain' || line.status === 'possible'))
    return { ...line, status: 'none' };
  // It may have been billed then, and is surely billed now, but only once.
  if (earlier) earlier.status = 'none';
  report.set(line.event, line);
  return line;
}

/** Whose report a request is about; a report that is named by its ID is another one. */
const reportKeyOf = ({ user_id, user_token, third_party_user_token, report_id }: JsonObject) =>
  JSON.stringify([user_id ?? user_token ?? third_party_user_token ?? null, report_id ?? null]);
