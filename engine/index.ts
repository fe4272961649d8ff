/**
 * Runs n8n workflows in-process for tests and examples. Development only, never published.
 *
 * n8n is loaded by Node itself, also under jest: jest's own module system can't load the ES modules
 * that some of n8n's nodes require, and would load all of n8n once more for each test file. So what
 * comes back from a run has the prototypes of Node's main realm: under jest, compare it with
 * `toEqual`, not `toStrictEqual`.
 */
import { runInThisContext } from 'node:vm';
import type * as Tsx from 'tsx/cjs/api' with { 'resolution-mode': 'require' };
import type * as Lists from './listChoices';
import type * as Listens from './listen';
import type * as Retries from './retryWorkflow';
import type * as Waits from './runWithWait';
import type * as Engine from './runWorkflow';

export { ancestorItem } from './ancestor';
export { createDataTables, type DataTables } from './dataTables';
export type { NodeRun, RunOptions, RunResult, WorkflowJson } from './execution';
export type { ListOptions } from './listChoices';
export type { Listener, ListenOptions } from './listen';
export { workflowOfNode } from './oneNode';
export type { WaitingRun, WaitOptions } from './runWithWait';

function load(): typeof Engine & typeof Lists & typeof Listens & typeof Retries & typeof Waits {
  // jest replaces `require` and `process`, but not the globals of Node's main realm.
  const { getBuiltinModule } = runInThisContext('process') as typeof process;
  const nodeRequire = getBuiltinModule('node:module').createRequire(__filename);
  const unregister = (nodeRequire('tsx/cjs/api') as typeof Tsx).register();
  try {
    return {
      ...(nodeRequire('./runWorkflow') as typeof Engine),
      ...(nodeRequire('./listChoices') as typeof Lists),
      ...(nodeRequire('./listen') as typeof Listens),
      ...(nodeRequire('./retryWorkflow') as typeof Retries),
      ...(nodeRequire('./runWithWait') as typeof Waits),
    };
  } finally {
    unregister();
  }
}

export const { listChoices, listen, loadedChoices, retryWorkflow, runWithWait, runWorkflow } =
  load();
