import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { LATENCY_MS, type Readiness } from './cases';
import type { VirtualClock } from './virtualClock';

/** What Plaid saw of the reports, with times in ms. */
export interface Seen {
  created: number;
  /** Between the readiness of each report and the answer that has it */
  delays: number[];
  /** For each report that was read */
  polls: number[];
  longestReadiness: number;
}

interface Report {
  readyAt: number;
  polls: number;
}

/** n8n's request helper with a Plaid behind it that answers after a latency on the virtual clock. */
export interface VirtualPlaid {
  seen: Seen;
  request(this: IExecuteFunctions, type: string, options: IHttpRequestOptions): Promise<unknown>;
}

/** @param onCreated called once a report is created, with their number */
export function startVirtualPlaid(
  clock: VirtualClock,
  readiness: Readiness,
  onCreated: (created: number) => void,
): VirtualPlaid {
  const seen: Seen = { created: 0, delays: [], polls: [], longestReadiness: 0 };
  const reports = new Map<string, Report>();

  function answer(path: string, user: string) {
    if (path === '/cra/check_report/create') {
      const ms = 1000 * SECONDS[readiness]();
      seen.longestReadiness = Math.max(seen.longestReadiness, ms);
      reports.set(user, { readyAt: clock.now() + ms, polls: 0 });
      onCreated(++seen.created);
      return response(200, { request_id: `req_${seen.created}`, user_id: user });
    }
    const report = reports.get(user);
    if (!report) throw new Error(`${path} of ${user}, whose report was never created`);
    report.polls++;
    if (report.readyAt > clock.now()) return response(400, NOT_READY);
    reports.delete(user);
    seen.delays.push(clock.now() + LATENCY_MS / 2 - report.readyAt);
    seen.polls.push(report.polls);
    return response(200, { request_id: `req_${user}`, user_id: user, report: {} });
  }

  return {
    seen,
    async request(_type, { url, body }) {
      const { user_id: user } = JSON.parse(String(body)) as { user_id: string };
      await wait(LATENCY_MS / 2);
      const answered = answer(new URL(url).pathname, user);
      await wait(LATENCY_MS / 2);
      return answered;
    },
  };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const NOT_READY = {
  request_id: 'req_not_ready',
  error_type: 'INVALID_REQUEST',
  error_code: 'PRODUCT_NOT_READY',
  error_message: 'the requested product is not yet ready',
  display_message: null,
};

const response = (statusCode: number, json: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: Readable.from([Buffer.from(JSON.stringify(json))]),
});

/** From the normal distribution (Box-Muller). */
const normal = (mean: number, deviation: number) =>
  mean +
  deviation * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

const SECONDS: Readonly<Record<Readiness, () => number>> = {
  uniform: () => 20 + 280 * Math.random(),
  // Mean 40 s, standard deviation 10 s.
  lognormal: () => Math.exp(normal(Math.log(40) - 0.0303, 0.2462)),
  twoClusters: () => (Math.random() < 0.7 ? normal(30, 5) : normal(200, 15)),
};
