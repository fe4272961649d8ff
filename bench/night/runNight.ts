import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { workflowOfNode } from '../../engine/oneNode';
import { loadPackages } from '../../engine/packages';
import { runWorkflow } from '../../engine/runWorkflow';
import { KEYS } from '../request';
import type { Night } from './cases';
import { startVirtualClock, type VirtualClock } from './virtualClock';
import { startVirtualPlaid, type Seen, type VirtualPlaid } from './virtualPlaid';

/**
 * A separate process: runs one night with the compiled node in n8n's engine. Its argument is the night; it sends a
 * `MeasuredNight`.
 */
export interface MeasuredNight {
  seen: Seen;
  succeeded: number;
  totalMs: number;
  /** Heap that the node takes when all reports are created and nearly all wait */
  heapBytes: number;
}

const TYPE = 'n8n-nodes-plaid-check.plaidCheck';

/** The same night each time: a linear congruential generator (Numerical Recipes). */
function seedRandom() {
  let state = 20_261_128;
  Math.random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Gives the node another request helper; the rest of its context is n8n's. */
async function connect(plaid: () => VirtualPlaid) {
  const { nodeTypes } = await loadPackages();
  const type = nodeTypes.getByNameAndVersion(TYPE);
  const { execute } = type;
  if (!execute) throw new Error('The node has no execute');
  type.execute = function (this: IExecuteFunctions, ...rest) {
    const helpers = Object.create(this.helpers, {
      httpRequestWithAuthentication: { value: plaid().request },
    }) as IExecuteFunctions['helpers'];
    const context = Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions;
    return execute.apply(context, rest);
  };
}

const nodeFor = ({ onError, concurrency }: Night): INode => ({
  id: 'node',
  name: 'Node',
  type: TYPE,
  typeVersion: 1,
  position: [220, 0],
  parameters: {
    resource: 'checkReport',
    operation: 'create',
    specifyRequest: 'json',
    jsonBody:
      '={"user_id": "{{ $json.user_id }}", "consumer_report_permissible_purpose": "EXTENSION_OF_CREDIT", "days_requested": 365, "webhook": "https://example.com/plaid"}',
    options: {
      waitUntilReady: { values: { maxWait: 3600 } },
      ...(concurrency && { throttling: { values: { concurrency } } }),
    },
  },
  credentials: { plaidCheckApi: { id: '1', name: 'Plaid' } },
  onError,
});

async function run(night: Night) {
  const { nodes, error } = await runWorkflow({
    workflow: workflowOfNode(
      nodeFor(night),
      Array.from({ length: night.items }, (_, item) => ({ user_id: `usr_${item}` })),
    ),
    credentials: {
      plaidCheckApi: { environment: 'custom', customBaseUrl: 'https://plaid.example', ...KEYS },
    },
  });
  if (error) throw error;
  return (nodes.Node?.[0]?.outputs[0] ?? []).filter(({ json }) => !json.error).length;
}

async function measure(night: Night): Promise<MeasuredNight> {
  const clock: VirtualClock = startVirtualClock();
  seedRandom();
  let heapBytes = 0;
  let heapBefore = 0;
  const plaidFor = (items: number) =>
    startVirtualPlaid(clock, night.readiness, (created) => {
      if (created !== items) return;
      globalThis.gc?.();
      heapBytes = process.memoryUsage().heapUsed - heapBefore;
    });
  let plaid = plaidFor(1);
  await connect(() => plaid);
  // The first run loads what is loaded on first use.
  await clock.run(() => run({ ...night, readiness: night.readiness, items: 1 }));
  if (night.isSecond) {
    plaid = plaidFor(2_000);
    await clock.run(() => run({ ...night, items: 2_000 }));
  }
  plaid = plaidFor(night.items);
  globalThis.gc?.();
  heapBefore = process.memoryUsage().heapUsed;
  const start = clock.now();
  const succeeded = await clock.run(() => run(night));
  return { seen: plaid.seen, succeeded, totalMs: clock.now() - start, heapBytes };
}

void measure(JSON.parse(process.argv[2] ?? '') as Night).then(
  (measured) => process.send?.(measured, () => process.exit()),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
