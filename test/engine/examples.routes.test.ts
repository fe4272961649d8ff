import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow, type RunResult } from '../../engine';
import { NEEDS_LINK, NEEDS_PERSON } from '../../nodes/PlaidCheck/client/errorCodes';
import { startSandbox } from '../../sandbox/server';
import { plaidError } from '../support/faults/failures';
import { answer, startScriptedServer } from '../support/servers/scriptedServer';
import { credentialFor } from '../support/workflows/runPlaidCheck';
import { readExample } from '../support/workflows/readExample';

/** The example that sends each applicant where the outcome says. */

const example = readExample('route-outcomes');
const BRANCHES = ['Ready', 'Not Ready', 'Must Relink', 'Needs Review', 'Failed'];

/** What the base report of each applicant ends with. */
const OUTCOMES: Record<string, [status: number, body: object]> = {
  amara_okafor: [200, { report: { report_id: 'r' }, request_id: 'r' }],
  daniel_reyes: [400, plaidError('CHECK_REPORT_ERROR', 'PRODUCT_NOT_READY', 'wait')],
  mei_lin: [400, plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'sign in')],
  walter_novak: [
    400,
    plaidError('CHECK_REPORT_ERROR', 'USER_ON_IDENTITY_THEFT_OR_FRAUD_BLOCK', 'blocked'),
  ],
  tasha_green: [500, {}],
  nobody: [400, plaidError('INVALID_INPUT', 'USER_NOT_FOUND', 'unknown')],
};

/** How many items are on each branch. */
const countsOf = ({ nodes }: RunResult) =>
  BRANCHES.map((name) => [name, nodes[name]?.[0]?.outputs[0]?.length ?? 0]);

test('one click against the stand-in shows more than one branch', async () => {
  const sandbox = await startSandbox({ readyAfterMs: 0 });
  const credentials = { plaidCheckApi: credentialFor(sandbox) };
  const result = await runWorkflow({ workflow: example, credentials });
  await sandbox.close();
  expect([result.status, result.error]).toEqual(['success', undefined]);
  expect(Object.fromEntries(countsOf(result))).toMatchObject({ Ready: 5, Failed: 1 });
});

test.each(['route-outcomes', 'verify-receipt'])(
  'the note of %s says that its node can create reports',
  (name) => {
    const { nodes } = readExample(name);
    const creating = nodes.filter(({ parameters }) =>
      JSON.stringify(parameters).includes('createIfExpired'),
    );
    expect(creating.map((node) => node.name)).toEqual(['Get or Create Base Report']);
    const note = nodes.find((node) => node.name === 'About This Workflow');
    expect(note?.parameters.content).toMatch(/creates a report .* Plaid bills it/);
  },
);

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
      node.name === 'Get or Create Base Report'
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
  // An answer of 500 is a failure like the wrong ID.
  expect(countsOf(result)).toEqual(BRANCHES.map((name) => [name, name === 'Failed' ? 2 : 1]));
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
