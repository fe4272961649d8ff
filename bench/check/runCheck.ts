import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { INode } from 'n8n-workflow';

import { workflowOfNode } from '../../engine/oneNode';
import { loadPackages } from '../../engine/packages';
import { runWorkflow } from '../../engine/runWorkflow';
import { KEYS } from '../request';
import { applicant, WAYS, type WayName } from './ways';

/**
 * A separate process: creates reports in one way. Its arguments are the way, the number of items, whether the run is stopped at its first
 * request, and the server's address; it sends a `MeasuredCheck`.
 */
export interface MeasuredCheck {
  /** CPU time of the process from the start of the node to its first request */
  firstCpuMs: number;
  firstWallMs: number;
  /** Of the event loop, from the start of the node to its first request */
  delayP99Ms: number;
  delayMostMs: number;
  /** CPU time of the process from the start of the node to its end */
  cpuMs: number;
  succeeded: number;
}

/** How often the event loop is looked at; its delay includes it. */
const RESOLUTION_MS = 1;

const FIRST_REQUEST = 'http.client.request.start';

const [way, items, stops, url = ''] = process.argv.slice(2);
const made = WAYS[way as WayName].nodeFor(url);

async function run(count: number, signal?: AbortSignal) {
  const node: INode = {
    id: 'node',
    name: 'Node',
    position: [220, 0],
    credentials: { plaidCheckApi: { id: '1', name: 'Plaid' } },
    ...made,
  };
  const { nodes, error } = await runWorkflow({
    workflow: workflowOfNode(
      node,
      Array.from({ length: count }, (_, item) => ({ ...applicant(item) })),
    ),
    credentials: { plaidCheckApi: { environment: 'custom', customBaseUrl: url, ...KEYS } },
    signal,
  });
  if (error && !signal?.aborted) throw error;
  return (nodes.Node?.[0]?.outputs[0] ?? []).filter(({ json }) => !json.error).length;
}

/** Calls back when the node itself starts, after what n8n does with its input. */
async function onStart(started: () => void) {
  const { nodeTypes } = await loadPackages();
  const type = nodeTypes.getByNameAndVersion(made.type, made.typeVersion);
  const { execute } = type;
  if (!execute) throw new Error('The node has no execute');
  type.execute = function (...given) {
    started();
    return execute.apply(this, given);
  };
}

const cpuMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

async function measure(): Promise<MeasuredCheck> {
  // What is loaded and compiled on first use does not count.
  await run(200);
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const stop = new AbortController();
  let cpu = process.cpuUsage();
  let wall = performance.now();
  let first: Pick<MeasuredCheck, 'firstCpuMs' | 'firstWallMs'> | undefined;
  await onStart(() => {
    delay.enable();
    cpu = process.cpuUsage();
    wall = performance.now();
  });
  const onRequest = () => {
    if (first) return;
    first = { firstCpuMs: cpuMs(process.cpuUsage(cpu)), firstWallMs: performance.now() - wall };
    delay.disable();
    if (stops === 'true') stop.abort();
  };
  subscribe(FIRST_REQUEST, onRequest);
  const succeeded = await run(Number(items), stop.signal);
  const whole = cpuMs(process.cpuUsage(cpu));
  unsubscribe(FIRST_REQUEST, onRequest);
  if (!first) throw new Error('The node sent nothing');
  return {
    ...first,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMostMs: delay.max / 1e6,
    cpuMs: whole,
    succeeded,
  };
}

void measure().then(
  (measured) => process.send?.(measured, () => process.exit()),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
