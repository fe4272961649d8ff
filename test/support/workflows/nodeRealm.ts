import { runInThisContext } from 'node:vm';
import type * as Core from 'n8n-core';
import type * as Workflow from 'n8n-workflow';
// n8n reads its settings when it is loaded; the engine sets them first.
import '../../../engine/index';

/** Node's own `require`, past jest's: it gives the very modules that the engine runs with. */
// jest replaces `require` and `process`, but not the globals of Node's main realm.
const nodeRequire = (runInThisContext('process') as typeof process)
  .getBuiltinModule('node:module')
  .createRequire(__filename);

export const core = nodeRequire('n8n-core') as typeof Core;
export const workflow = nodeRequire('n8n-workflow') as typeof Workflow;
export { nodeRequire };
