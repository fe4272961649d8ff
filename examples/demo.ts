/**
 * `npm run demo`: runs underwriting.json with n8n's own engine and the compiled node, against a local
 * stand-in for Plaid or, with PLAID_CLIENT_ID and PLAID_SECRET set, against Plaid's own Sandbox.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type NodeRun, runWorkflow, type WorkflowJson } from '../engine';
import { readApplicants, withApplicants } from './demo/applicants';
import { writeItems } from './demo/output';
import { callsOf, callsTable, decisionsTable, plaidSteps } from './demo/summary';
import { openTarget, type Target } from './demo/target';
import { failureOf } from './demo/verdict';
import { watchWire } from './demo/wire';

const WORKFLOW = join(__dirname, 'underwriting.json');
const OUTPUT = join(__dirname, '..', 'demo-output');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string', default: OUTPUT } } });
  const target = await openTarget(process.env);
  try {
    await demo(target, values.output);
  } finally {
    await target.close();
  }
}

async function demo(target: Target, folder: string): Promise<void> {
  const example = JSON.parse(readFileSync(WORKFLOW, 'utf8')) as WorkflowJson;
  console.log(`Running "${example.name}" against ${target.name}\n`);
  const applicants = await target.prepare(readApplicants(example), (line) =>
    console.log(`  ${line}`),
  );
  const workflow = withApplicants(example, applicants);

  const wire = watchWire(target.baseUrl);
  const result = await runWorkflow({
    workflow,
    credentials: { plaidCheckApi: target.credential },
    onNodeDone: (name, run) => console.log(progress(name, run)),
  });
  wire.stop();

  const steps = plaidSteps(workflow);
  const calls = callsOf(steps.all, result, wire.exchanges);
  const decisions = result.nodes.Reasons?.flatMap(({ outputs }) => outputs.flat()) ?? [];
  if (calls.length > 0) console.log(`\n${callsTable(calls)}`);
  if (decisions.length > 0) console.log(`\n${decisionsTable(decisions)}`);
  writeItems(folder, workflow, result);
  console.log(
    `\nThe items are in ${relative(process.cwd(), folder)}: one JSON file for each step, with its runs, their outputs and the items of each output`,
  );

  const failure = failureOf(result, steps.everyone, calls, applicants);
  if (failure) throw new Error(failure);
}

function progress(name: string, { outputs, executionTime, error }: NodeRun): string {
  const items = outputs.flat();
  const codes = items.flatMap(({ json }) => {
    const failed = json.error as { error_code?: string } | undefined;
    return failed ? [failed.error_code] : [];
  });
  const notReady = codes.filter((code) => code === 'PRODUCT_NOT_READY').length;
  const others = codes.length - notReady;
  const outcome = [
    `${items.length} ${items.length === 1 ? 'item' : 'items'}`,
    ...(notReady ? [`${notReady} not ready yet`] : []),
    ...(others ? [`${others} with an error`] : []),
  ].join(', ');
  return `  ${name.padEnd(24)} ${error?.message ?? outcome} (${executionTime} ms)`;
}

main().catch((error: unknown) => {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
