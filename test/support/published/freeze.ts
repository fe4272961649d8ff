/**
 * Freezes a version when it is published: saves the workflows that its users may have, with the requests that they send
 * and their output, in test/published/<version>. Refuses to change a version that has a tag.
 *
 * Usage: npm run freeze
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { version } from '../../../package.json';
import { loadOracle } from '../../../sandbox/oracle';
import { startSandbox, type Sandbox } from '../../../sandbox/server';
import { knownState } from '../samples/knownState';
import { SAMPLES } from '../samples/webhookSamples';
import { startRecorder, type Recorder } from '../servers/recorder';
import { plaidCheck } from '../workflows/builtNode';
import { triggerNode } from '../workflows/listenTrigger';
import { plaidCheckWorkflow } from '../workflows/plaidCheckWorkflow';
import {
  encodingOf,
  hear,
  keptParameters,
  outputOf,
  ownNode,
  PUBLISHED,
  type Published,
  type PublishedRun,
  type PublishedTrigger,
  run,
  sentRequest,
} from './published';
import { SAVED_TRIGGERS, savedWorkflows, type SavedWorkflow } from './savedWorkflows';

/** Every member of a property, itself included, by name. Notices hold no value. */
const namesOf = ({ name, type, options = [] }: INodeProperties): string[] =>
  type === 'notice' ? [] : [name, ...options.flatMap(membersOf)];

const membersOf = (option: NonNullable<INodeProperties['options']>[number]): string[] =>
  'type' in option ? namesOf(option) : 'values' in option ? groupOf(option) : [];

const groupOf = ({ values }: INodePropertyCollection) => values.flatMap(namesOf);

/** Every name in the parameters of a node, at any depth. */
const namesIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(namesIn)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
      : [];

/** Parameters of the node that no workflow has, which a later version could rename unnoticed. */
function uncovered(all: ReadonlyMap<string, Published>): string[] {
  const saved = new Set(
    [...all.values()].flatMap(({ workflow }) => namesIn(ownNode(workflow).parameters)),
  );
  const known = new Set(plaidCheck.description.properties.flatMap(namesOf));
  return [...known].filter((name) => !saved.has(name));
}

const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-';

/** Enough to see what becomes of each entry. */
const MOST_ENTRIES = 2;

/** A response with short lists, as a report has thousands of transactions. */
const shortened = (bytes: Buffer): Buffer =>
  isPdf(bytes)
    ? bytes
    : Buffer.from(
        JSON.stringify(
          JSON.parse(bytes.toString('utf8'), (_name, value: unknown) =>
            Array.isArray(value) ? value.slice(0, MOST_ENTRIES) : value,
          ),
        ),
      );

async function recorded(
  { name, path, parameters, items = [{}] }: SavedWorkflow,
  sandbox: Sandbox,
  recorder: Recorder,
): Promise<PublishedRun> {
  sandbox.reset();
  const known = path === undefined ? {} : await knownState(sandbox, path);
  recorder.clear();
  const workflow = { name, ...plaidCheckWorkflow(parameters(known), items) };
  const node = ownNode(workflow);
  node.parameters = keptParameters(node) ?? {};
  const result = await run(workflow, recorder);
  const { error, status } = result;
  if (error) throw new Error(`${name} ends as ${status}: ${error.message}`);
  const exchanges = recorder.exchanges.map(({ request, status, requestId, date, bytes }) => {
    const headers = {
      'content-type': isPdf(bytes) ? 'application/pdf' : 'application/json',
      'plaid-request-id': requestId ?? '',
      date,
    };
    const body = bytes.toString(encodingOf({ headers }));
    return { request: sentRequest(request), answer: { status, headers, body } };
  });
  return { workflow, exchanges, output: outputOf(result) };
}

async function heard(
  { name, parameters }: (typeof SAVED_TRIGGERS)[number],
  sandbox: Sandbox,
): Promise<PublishedTrigger> {
  const node = triggerNode(parameters);
  node.parameters = keptParameters(node) ?? {};
  const workflow = { name, nodes: [node], connections: {} };
  const webhooks = [...SAMPLES, { webhook_type: 'ITEM', webhook_code: 'ERROR' }].map((sample) =>
    JSON.stringify(sample),
  );
  return { workflow, webhooks, output: await hear({ workflow, webhooks }, sandbox) };
}

async function freeze(): Promise<void> {
  const tag = execFileSync('git', ['tag', '--list', `v${version}`], { encoding: 'utf8' }).trim();
  if (tag !== '') throw new Error(`${version} is published, so its workflows stay as they are`);
  const sandbox = await startSandbox({ readyAfterMs: 0 });
  const recorder = await startRecorder(sandbox, shortened);
  try {
    const all = new Map<string, Published>();
    for (const saved of savedWorkflows(await loadOracle())) {
      all.set(saved.name, await recorded(saved, sandbox, recorder));
    }
    for (const saved of SAVED_TRIGGERS) all.set(saved.name, await heard(saved, sandbox));
    const names = uncovered(all);
    if (names.length > 0) {
      throw new Error(`No workflow in savedWorkflows.ts has these parameters: ${names.join(', ')}`);
    }
    const folder = join(PUBLISHED, version);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, published] of all) {
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(published, null, 2)}\n`);
    }
    console.log(`${all.size} workflows of ${version} are in ${folder}`);
  } finally {
    await Promise.all([recorder.close(), sandbox.close()]);
  }
}

freeze().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
