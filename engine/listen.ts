import './environment';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WorkflowExecute } from 'n8n-core';
import {
  type ExecutionError,
  type IDataObject,
  type INode,
  type INodeTypes,
  type IWebhookResponseData,
  UserError,
  type Workflow,
} from 'n8n-workflow';
import { callWebhook, isFor, methodOf, respondTo } from './callWebhook';
import { prepare, resultOf, type RunOptions, type RunResult } from './execution';
import { captureLog } from './log';
import { loadPackages } from './packages';
import { newRunData } from './releases';
import { serve } from './serve';
import { readWebhookRequest, respond } from './webhookRequest';

export interface ListenOptions extends Pick<
  RunOptions,
  | 'workflow'
  | 'credentials'
  | 'onCredentialRead'
  | 'onNodeStart'
  | 'onNodeDone'
  | 'staticData'
  | 'dataTables'
> {
  /** Name of the node that gets the webhooks; the first that can, by default. */
  trigger?: string;
  /** As in the editor's test mode: the address is gone after one execution. */
  test?: boolean;
  /** Called where n8n saves a new execution; if it rejects, n8n can't start it. */
  onStart?: () => Promise<void>;
}

/** A workflow that is active and waits for webhooks. */
export interface Listener {
  /** Where the trigger's webhooks go. */
  readonly url: string;
  /** Every execution so far, oldest first, as `runWorkflow` gives it. */
  readonly executions: ReadonlyArray<Promise<RunResult>>;
  /** Every line n8n logged while webhooks came in, executions apart: debug level included, as JSON text. */
  readonly log: readonly string[];
  /** Closes open connections immediately. */
  close(): Promise<void>;
}

/**
 * Serves the webhook of a workflow's trigger as n8n's server does
 * (https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/webhook-helpers.ts): the node
 * looks at the request, then the workflow runs with the items it gives, and n8n answers that it was started.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const packages = await loadPackages();
  const trigger = triggerOf(options, packages.nodeTypes);
  const mode = options.test ? 'manual' : 'webhook';
  const workflowId = randomUUID();
  const { workflow } = prepare({ ...options, mode }, packages, workflowId);
  const methods = methodsOf(workflow, nodeOf(workflow.nodes, trigger), packages.nodeTypes);
  const executions: Promise<RunResult>[] = [];
  const log: string[] = [];
  let isListening = true;

  function execute(items: IWebhookResponseData['workflowData'] = []): void {
    const own: string[] = [];
    const start = () => {
      const { workflow, surroundings, pinData } = prepare(
        { ...options, mode },
        packages,
        workflowId,
      );
      const node = nodeOf(workflow.nodes, trigger);
      const data = newRunData({
        executionData: { nodeExecutionStack: [{ node, data: { main: items }, source: null }] },
        resultData: { pinData },
      });
      return new WorkflowExecute(surroundings, mode, data).processRunExecutionData(workflow);
    };
    const running = captureLog(own, async () => ({ ...(await resultOf(start)), log: own }));
    executions.push(running);
    if (options.test) isListening = false;
  }

  function save(staticData: IDataObject): void {
    if (staticData.__dataChanged !== true) return;
    Object.assign(options.staticData ?? {}, JSON.parse(JSON.stringify(staticData)));
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const isHere = isListening && methods.includes(incoming.method) && incoming.url === path;
    if (!isHere) return respond(response, 404, { message: 'This webhook is not registered' });
    const request = await readWebhookRequest(incoming);
    const { workflow, surroundings } = prepare({ ...options, mode }, packages, workflowId);
    const node = nodeOf(workflow.nodes, trigger);
    let came: IWebhookResponseData;
    try {
      came = await callWebhook({
        workflow,
        node,
        nodeTypes: packages.nodeTypes,
        surroundings,
        mode,
        path,
        request,
        response,
        data: null,
      });
    } catch (error) {
      // n8n saves a failed execution.
      executions.push(
        Promise.resolve({ status: 'error', error: error as ExecutionError, nodes: {}, log: [] }),
      );
      return respond(response, 500, { code: 0, message: 'Workflow could not be started!' });
    }
    save(workflow.staticData);
    if (came.workflowData) {
      await options.onStart?.();
      execute(came.workflowData);
    }
    const { webhooks } = packages.nodeTypes.getByNameAndVersion(
      node.type,
      node.typeVersion,
    ).description;
    const asked = webhooks?.find((one) => methodOf(workflow, node, one) === incoming.method);
    respondTo(response, came, asked?.responseData);
  }

  const path = `/webhook/${workflowId}/webhook`;
  const { origin, close } = await serve(log, handle);
  return { url: `${origin}${path}`, executions, log, close };
}

function triggerOf({ workflow, trigger }: ListenOptions, nodeTypes: INodeTypes): string {
  const takesWebhooks = ({ type, typeVersion, disabled }: INode) =>
    !disabled &&
    nodeTypes.getByNameAndVersion(type, typeVersion).description.webhooks?.some(isFor(null));
  const name = trigger ?? workflow.nodes.find(takesWebhooks)?.name;
  if (name === undefined) throw new UserError('No node of the workflow takes webhooks');
  return name;
}

/** The methods by which the trigger takes requests. */
function methodsOf(workflow: Workflow, node: INode, nodeTypes: INodeTypes): unknown[] {
  const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
  return (description.webhooks ?? [])
    .filter(isFor(null))
    .map((webhook) => methodOf(workflow, node, webhook));
}

function nodeOf(nodes: Record<string, INode>, name: string): INode {
  const node = nodes[name];
  if (!node) throw new UserError(`The workflow has no node "${name}"`);
  return node;
}
