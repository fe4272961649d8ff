import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow } from '../../engine';
import { NEEDS_LINK, NEEDS_PERSON } from '../../nodes/PlaidCheck/client/errorCodes';
import { plaidError } from '../support/faults/failures';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The example that sends each applicant where the outcome says. */

const example = readExample('route-outcomes');
const BRANCHES = ['Ready', 'Not Ready', 'Person Must Relink', 'Needs Review', 'Failed'];

/** What the base report of each applicant ends with. */
const OUTCOMES: Record<string, [status: number, body: object]> = {
  amara_okafor: [200, { report: { report_id: 'r' }, request_id: 'r' }],
  daniel_reyes: [400, plaidError('CHECK_REPORT_ERROR', 'PRODUCT_NOT_READY', 'wait')],
  mei_lin: [400, plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'sign in')],
  walter_novak: [
    400,
    plaidError('CHECK_REPORT_ERROR', 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK', 'blocked'),
  ],
  tasha_green: [400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'unknown')],
};

test('each outcome has its branch', async () => {
  const plaid = await startScriptedServer();
  plaid.play((response, request, index) => {
    const { user_id } = request.json as { user_id: string };
    const [status, body] = OUTCOMES[user_id.replace('usr_demo_', '')] ?? [500, {}];
    answer(status, body)(response, request, index);
  });
  // A report that is not ready is not waited for here.
  const workflow = {
    ...example,
    nodes: example.nodes.map((node) =>
      node.name === 'Get Base Report'
        ? { ...node, parameters: { ...node.parameters, options: {} } }
        : node,
    ),
  };
  const result = await runWorkflow({
    workflow,
    credentials: { plaidCheckApi: credentialFor(plaid) },
  });
  await plaid.close();
  expect([result.status, result.error]).toEqual(['success', undefined]);
  const counts = BRANCHES.map((name) => [name, result.nodes[name]?.[0]?.outputs[0]?.length ?? 0]);
  expect(counts).toEqual(BRANCHES.map((name) => [name, 1]));
});

test("its codes, and the guide's, are those of the table of errors", () => {
  const rules = JSON.stringify(example.nodes.find(({ name }) => name === 'Route Errors'));
  const guide = readFileSync(join(__dirname, '../../docs/reliability.md'), 'utf8');
  const section = guide.split(/^## /m).find((part) => part.startsWith('Routes for outcomes')) ?? '';
  for (const text of [rules, section]) {
    const codes = [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([code]) => code);
    expect(new Set(codes)).toEqual(new Set(['PRODUCT_NOT_READY', ...NEEDS_LINK, ...NEEDS_PERSON]));
  }
});
