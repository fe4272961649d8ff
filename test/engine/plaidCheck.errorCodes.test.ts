import type { JsonObject } from 'n8n-workflow';

import { factsOf, plaidError } from '../support/faults/failures';
import { goOn } from '../support/workflows/reportRuns';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { byFields, runPlaidCheck, type Operation } from '../support/workflows/runPlaidCheck';

/** Every error code that Plaid publishes for Plaid Check has a next step of its own, whatever its type. */

/** https://plaid.com/docs/errors/plaid-check/ */
const OF_CALLS = [
  'CONSUMER_REPORT_EXPIRED',
  'CONSUMER_REPORT_NOT_FOUND',
  'DATA_QUALITY_CHECK_FAILED',
  'DATA_UNAVAILABLE',
  'INSTITUTION_TRANSACTION_HISTORY_NOT_SUPPORTED',
  'INSUFFICIENT_TRANSACTION_DATA',
  'NETWORK_CONSENT_REQUIRED',
  'NO_ACCOUNTS',
  'PRODUCT_NOT_READY',
  'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK',
];

/** https://plaid.com/docs/errors/check-report-webhook/, and what SDK 47 names for servicing (CraReportUpdatedWebhook, …Simulate…). */
const OF_WEBHOOKS = [
  'NO_ELIGIBLE_ITEMS',
  'NO_ELIGIBLE_ITEMS_ON_PROFILE',
  'PRODUCT_GENERATION_ERROR',
  'PRODUCT_GENERATION_FAILED',
  'UNMATCH',
  'USER_NOT_FOUND',
];

const CODES = [...OF_CALLS, ...OF_WEBHOOKS];
const NEW = 'CRA_REPORT_ERROR';
const TYPES = ['CHECK_REPORT_ERROR', 'CONSUMER_REPORT_ERROR', NEW, null];

const GET: Operation = { resource: 'report', operation: 'get', path: '/cra/report/get' };
const body = {
  user_id: 'usr_1',
  products: [{ product: 'cra_base_report', version: 'V1' }],
  decision_stage: 'DECISIONING',
  consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
};

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

async function nextStepOf(code: string, type: string | null): Promise<string | null> {
  server.play(answer(400, { ...(plaidError('X', code, 'why') as JsonObject), error_type: type }));
  return factsOf(await runPlaidCheck(server, byFields(GET, body), [{}], goOn)).next_step;
}

test.each(CODES)('%s has one next step under every type, and nobody else has it', async (code) => {
  for (const type of TYPES) {
    const next = await nextStepOf(code, type);
    expect([type, next]).toEqual([type, expect.stringMatching(/^[A-Z'].{30,}/)]);
    expect([type, next]).not.toEqual([type, await nextStepOf('NO_SUCH_CODE', type)]);
  }
});

test.each(['CONSUMER_REPORT_EXPIRED', 'CONSUMER_REPORT_NOT_FOUND', 'PRODUCT_NOT_READY'])(
  '%s names the operations and the webhook of the API that it comes from',
  async (code) => {
    const [legacy, current] = [
      await nextStepOf(code, 'CONSUMER_REPORT_ERROR'),
      await nextStepOf(code, NEW),
    ];
    expect(legacy).toMatch(/Check Report \(Legacy API\): Create|USER_CHECK_REPORT_READY/);
    expect(current).toMatch(/with Check Report: Create|CRA_REPORT_READY/);
  },
);

test('an unknown code of the current API has the page that explains it', async () => {
  expect(await nextStepOf('NO_SUCH_CODE', NEW)).toContain(
    'https://plaid.com/docs/errors/plaid-check/',
  );
});
