import { createHash } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { retryWorkflow, runWorkflow } from '../../engine';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import packageJson from '../../package.json';
import { VERSION } from '../../nodes/PlaidCheck/utils/version';
import { AMARA, insights, report } from '../support/samples/applications';
import { askSandbox } from '../support/servers/askSandbox';
import {
  answer,
  startScriptedServer,
  type ScriptedServer,
} from '../support/servers/scriptedServer';
import { plaidError } from '../support/faults/failures';
import { PLAID_CHECK, plaidCheckWorkflow } from '../support/workflows/plaidCheckWorkflow';
import { readExample } from '../support/workflows/readExample';
import { BASE_REPORT, FULL_REPORT } from '../support/workflows/reportRuns';
import {
  byFields,
  CREATE,
  credentialFor,
  ONE_BY_ONE,
  PARTNER_INSIGHTS,
  runPlaidCheck,
  SECRET,
  withDefaultOutput,
  withOptions,
  type Operation,
} from '../support/workflows/runPlaidCheck';

/** The option Add Receipt, and the example that verifies an answer against its receipt. */

const GET_USER: Operation = { resource: 'user', operation: 'get', path: '/user/get' };
const CREATE_USER: Operation = { resource: 'user', operation: 'create', path: '/user/create' };

interface Receipt {
  node_version: string;
  report_id: string | null;
  answers: Array<{
    path: string;
    request_sha256: string;
    response_sha256: string;
    response_bytes: number;
    request_id: string;
    received_at: string;
    file: string | null;
  }>;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const fileOf = (item: INodeExecutionData | undefined, name = 'answer') =>
  Buffer.from(item?.binary?.[name]?.data ?? '', 'base64');
const receiptOf = (item: INodeExecutionData | undefined) =>
  item?.json.receipt as unknown as Receipt;

let plaid: ScriptedServer;
let sandbox: Sandbox;
beforeAll(async () => {
  plaid = await startScriptedServer();
  sandbox = await startSandbox({ readyAfterMs: 0 });
});
afterAll(async () => await Promise.all([plaid.close(), sandbox.close()]));

/** An answer whose bytes differ from what any writer of JSON would make of it. */
const RAW = '{ "request_id":"r1",\n\t"user": {"name" : "Jos\\u00e9 é", "n": 1.0e2} }\n';
const answerRaw = (text = RAW) =>
  plaid.play((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(text);
  });
const getUser = byFields(GET_USER, insights());
const withReceipt = (parameters = getUser, more = {}) =>
  withOptions(parameters, { addReceipt: true, ...more });

test('a receipt has the SHA-256 of the bytes as they arrived, and these bytes come along as a file', async () => {
  answerRaw();
  const before = Date.now();
  const { outputs } = await runPlaidCheck(plaid, withReceipt());
  const item = outputs[0]?.[0];
  const receipt = receiptOf(item);
  expect(receipt).toEqual({
    node_version: packageJson.version,
    report_id: null,
    answers: [
      {
        path: '/user/get',
        request_sha256: sha256(plaid.requests[0]?.text ?? ''),
        response_sha256: sha256(RAW),
        response_bytes: Buffer.byteLength(RAW),
        request_id: 'r1',
        received_at: expect.any(String),
        file: 'answer',
      },
    ],
  });
  expect(Date.parse(receipt.answers[0]?.received_at ?? '')).toBeGreaterThanOrEqual(before);
  expect(fileOf(item).toString('utf8')).toBe(RAW);
  expect(VERSION).toBe(packageJson.version);
});

test('nothing is added unless it is asked for', async () => {
  answerRaw();
  const { outputs } = await runPlaidCheck(plaid, getUser);
  expect(outputs[0]?.[0]).not.toHaveProperty('binary');
  expect(outputs[0]?.[0]?.json).not.toHaveProperty('receipt');
});

test('the report is named, and each answer of a full report has its entry and its file', async () => {
  await askSandbox(sandbox, CREATE.path, report());
  const read = withReceipt(withDefaultOutput(byFields(BASE_REPORT, insights())));
  const { outputs } = await runPlaidCheck(sandbox, read);
  const stored = JSON.parse(fileOf(outputs[0]?.[0]).toString('utf8')) as {
    report: { report_id: string };
  };
  expect(receiptOf(outputs[0]?.[0]).report_id).toBe(stored.report.report_id);

  const products = ['base_report', 'income_insights', 'lend_score'];
  const full = await runPlaidCheck(
    sandbox,
    withReceipt(byFields(FULL_REPORT, { ...insights(), products })),
  );
  const item = full.outputs[0]?.[0];
  const { answers } = receiptOf(item);
  expect(answers).toHaveLength(products.length);
  for (const [index, { response_sha256 }] of answers.entries()) {
    const name = index === 0 ? 'answer' : `answer_${index + 1}`;
    expect(sha256(fileOf(item, name))).toBe(response_sha256);
  }
});

describe('what a receipt does not give away', () => {
  test('personal data that is left out of the output is not in a file either', async () => {
    answerRaw();
    const { outputs } = await runPlaidCheck(
      plaid,
      withReceipt(getUser, { leaveOutPersonalData: true }),
    );
    expect(outputs[0]?.[0]).not.toHaveProperty('binary');
    expect(receiptOf(outputs[0]?.[0]).answers[0]?.response_sha256).toBe(sha256(RAW));
  });

  test('an answer that repeats a key of the credential is not kept', async () => {
    answerRaw(JSON.stringify({ request_id: 'r1', echo: SECRET }));
    const run = await runPlaidCheck(plaid, withReceipt());
    expect(run.outputs[0]?.[0]).not.toHaveProperty('binary');
    expect(JSON.stringify(run.json)).not.toContain(SECRET);
    // A letter as an escape hides nothing.
    answerRaw(`{"request_id":"r1","echo":"\\u0073${SECRET.slice(1)}"}`);
    const escaped = await runPlaidCheck(plaid, withReceipt());
    expect(escaped.outputs[0]?.[0]).not.toHaveProperty('binary');
  });

  const digestOf = async (secret: string, body: object) => {
    answerRaw();
    const account = { url: plaid.url, secret };
    const parameters = withReceipt(byFields(CREATE_USER, body as Parameters<typeof byFields>[1]));
    const { outputs, error } = await runPlaidCheck(account, parameters);
    expect(error).toBeUndefined();
    return receiptOf(outputs[0]?.[0]).answers[0]?.request_sha256;
  };

  test('neither the secret nor an SSN, which could be found by trying, is in the hash of the request', async () => {
    const person = (client_user_id: string, ssn: string) => ({
      client_user_id,
      identity: { id_numbers: [{ value: ssn, type: 'us_ssn' }] },
    });
    const one = await digestOf('a'.repeat(30), person('c-1', '123456789'));
    expect(await digestOf('b'.repeat(30), person('c-1', '123456789'))).toBe(one);
    expect(await digestOf('a'.repeat(30), person('c-1', '987654321'))).toBe(one);
    expect(await digestOf('a'.repeat(30), person('c-2', '123456789'))).not.toBe(one);
  });
});

test("n8n's Retry outputs an answer that has a receipt, without its file", async () => {
  const read = byFields(PARTNER_INSIGHTS, { user_id: '={{ $json.user }}' });
  const items = [{ user: 'usr_1' }, { user: 'usr_2' }];
  const workflow = plaidCheckWorkflow(withReceipt(read, ONE_BY_ONE), items);
  const credentials = { plaidCheckApi: credentialFor(plaid) };
  const refused = plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'unknown');
  plaid.play((response, request, index) => {
    const reply = index === 1 ? answer(400, refused) : answer(200, { request_id: `r${index}` });
    reply(response, request, index);
  });
  const failed = await runWorkflow({ workflow, credentials });
  expect(failed.status).toBe('error');
  const again = await retryWorkflow({ workflow, credentials }, failed);
  expect([again.status, again.error]).toEqual(['success', undefined]);
  expect(plaid.requests).toHaveLength(3);
  const [kept, sent] = again.nodes[PLAID_CHECK]?.at(-1)?.outputs[0] ?? [];
  expect(kept?.json).toMatchObject({
    request_id: 'r0',
    receipt: { answers: [{ request_id: 'r0' }] },
  });
  expect(kept?.binary).toBeUndefined();
  expect(sent?.binary).toHaveProperty('answer');
});

describe('the example verify-receipt', () => {
  const example = readExample('verify-receipt');
  const CHANGES = 10_000;

  test('accepts what it has read, and none of 10,000 changes of one byte', async () => {
    sandbox.reset();
    const own = await runWorkflow({
      workflow: example,
      credentials: { plaidCheckApi: credentialFor(sandbox) },
    });
    expect([own.status, own.error]).toEqual(['success', undefined]);
    const branch = (result: typeof own, name: string) => result.nodes[name]?.[0]?.outputs[0] ?? [];
    expect(branch(own, 'Accepted')).toHaveLength(5);
    expect(branch(own, 'Rejected')).toHaveLength(0);

    // A small answer, so that ten thousand of it fit into one execution.
    answerRaw();
    const { outputs } = await runPlaidCheck(plaid, withReceipt());
    const item = outputs[0]?.[0];
    const bytes = fileOf(item);
    const changed = Array.from({ length: CHANGES }, (_, nth): INodeExecutionData => {
      const copy = Buffer.from(bytes);
      const place = nth % copy.length;
      // Each byte with each of its other values in turn.
      const by = 1 + (Math.floor(nth / copy.length) % 255);
      copy.writeUInt8(((copy[place] ?? 0) + by) % 256, place);
      return withFile(item, copy);
    });
    const result = await runWorkflow({
      workflow: verifying([withFile(item, bytes), ...changed]),
      credentials: {},
    });
    expect([result.status, result.error]).toEqual(['success', undefined]);
    expect(branch(result, 'Accepted')).toHaveLength(1);
    expect(branch(result, 'Rejected')).toHaveLength(CHANGES);
  }, 120_000);

  const withFile = (item: INodeExecutionData | undefined, bytes: Buffer): INodeExecutionData => ({
    json: { receipt: item?.json.receipt as never },
    binary: {
      answer: { data: bytes.toString('base64'), mimeType: 'application/json', fileName: 'a.json' },
    },
  });

  /** The part of the example that verifies, on items that are given. */
  const verifying = (items: INodeExecutionData[]) => ({
    ...example,
    pinData: { Start: items },
    connections: {
      ...example.connections,
      Start: { main: [[{ node: 'Hash the Answer', type: 'main' as const, index: 0 }]] },
    },
  });

  test('hashes with an n8n node, for the user of the example', () => {
    expect(JSON.stringify(example)).toContain(AMARA);
    expect(example.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.crypto');
  });
});
