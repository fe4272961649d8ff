import type { JsonObject } from 'n8n-workflow';

import { simplified } from '../../nodes/PlaidCheck/outputs/summary';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { SUMMARIES } from '../support/summaries';
import { createReportBody, creditProfileBody, monitoringBody, post } from './client';

const USER = 'usr_demo_amara_okafor';

/** The reads of the sandbox's own user; legacy partner insights know other users only. */
const READS: [path: string, body: object][] = [
  ['/cra/check_report/base_report/get', { user_id: USER }],
  ['/cra/check_report/income_insights/get', { user_id: USER }],
  ['/cra/check_report/partner_insights/get', { user_id: USER }],
  ['/cra/check_report/cashflow_insights/get', { user_id: USER }],
  ['/cra/check_report/lend_score/get', { user_id: USER }],
  ['/cra/check_report/network_insights/get', { user_id: USER }],
  ['/cra/check_report/verification/get', { user_id: USER, reports_requested: ['VOA', 'INCOME'] }],
  ['/cra/credit_profile/report/get', creditProfileBody(USER)],
  ['/cra/monitoring_insights/get', monitoringBody(USER)],
];

describe('simplified answers of the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ readyAfterMs: 0 });
    await post(sandbox, '/cra/check_report/create', createReportBody(USER));
  });
  afterAll(() => sandbox.close());

  test.each(READS)('%s is short enough for an AI agent', async (path, body) => {
    const { status, json, text } = await post(sandbox, path, body);
    expect([status, json.error_message]).toEqual([200, undefined]);
    const facts = simplified(SUMMARIES[path] ?? [], json as JsonObject);
    expect(facts.request_id).toBe(json.request_id);
    expect(JSON.stringify(facts).length).toBeLessThan(8000);
    // Two accounts with a year of transactions: the answers that need to be shortened most.
    if (/base_report|monitoring/.test(path)) expect(text.length).toBeGreaterThan(300_000);
  });
});
