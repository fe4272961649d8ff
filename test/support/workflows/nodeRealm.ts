import type * as Core from 'n8n-core';
import type * as Workflow from 'n8n-workflow';
// n8n reads its settings when it is loaded; the engine sets them first.
import '../../../engine/index';
import { nodeRequire } from '../process/nodeRequire';

export const core = nodeRequire('n8n-core') as typeof Core;
export const workflow = nodeRequire('n8n-workflow') as typeof Workflow;
export { nodeRequire };
