import './environment';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WorkflowExecute } from 'n8n-core';
import { type IRun, type IRunExecutionData, UserError } from 'n8n-workflow';
import { callWebhook, respondTo } from './callWebhook';
import { prepare, resultOf, type RunOptions, type RunResult } from './execution';
import { captureLog } from './log';
import { loadPackages } from './packages';
import { startExecution } from './releases';
import { serve } from './serve';
import { readWebhookRequest, respond } from './webhookRequest';

export interface WaitOptions extends RunOptions {
  /** Beginning of the addresses that resume executions, where it is not to be this machine's own. */
  waitingBaseUrl?: string;
}

/** An execution that may wait, and a server that receives the webhooks it waits for. */
export interface WaitingRun {
  /** The result up to the wait or the end. */
  readonly first: RunResult;
  /** Until when it waits. */
  readonly waitTill: Date | undefined;
  /** The result since it was resumed; undefined before. */
  readonly resumed: Promise<RunResult> | undefined;
  /** Resumes it as n8n does when the time is up. */
  passDeadline(): Promise<RunResult>;
  /** Every line n8n logged while webhooks came in, executions apart. */
  readonly log: readonly string[];
  /** Closes open connections immediately. */
  close(): Promise<void>;
}

/**
 * Runs a workflow as `runWorkflow` does. If it begins to wait, its data is kept as text only, as in a database, and
 * a webhook or the end of the time goes on with it, as n8n's server does
 * (https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/waiting-webhooks.ts). It waits once at most.
 */
export async function runWithWait(options: WaitOptions): Promise<WaitingRun> {
  const packages = await loadPackages();
  const { mode = 'manual' } = options;
  const workflowId = randomUUID();
  const executionId = randomUUID();
  const log: string[] = [];
  let saved: string | undefined;
  let waitTill: Date | undefined;
  let resumed: Promise<RunResult> | undefined;

  function prepared() {
    const all = prepare(options, packages, workflowId);
    const webhookWaitingBaseUrl = options.waitingBaseUrl ?? waitingBaseUrl;
    Object.assign(all.surroundings, { executionId, webhookWaitingBaseUrl });
    return all;
  }

  /** @param data with what n8n changes in it before it goes on */
  async function goOn(data: IRunExecutionData): Promise<RunResult> {
    const { workflow, surroundings } = prepared();
    const own: string[] = [];
    const start = () =>
      new WorkflowExecute(surroundings, mode, data).processRunExecutionData(workflow);
    return await captureLog(own, async () => ({ ...(await resultOf(start)), log: own }));
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', waitingBaseUrl);
    const [, , id, suffix] = url.pathname.split('/');
    if (id !== executionId) return respond(response, 404, { message: 'does not exist' });
    if (!saved || resumed) return respond(response, 409, { message: 'is running or has finished' });
    const data = JSON.parse(saved) as IRunExecutionData;
    // n8n before 2.34 leaves this URL unsigned.
    const { resumeToken = null } = data;
    if (resumeToken !== null && url.searchParams.get('signature') !== resumeToken) {
      return respond(response, 401, { error: 'Invalid token' });
    }
    const request = await readWebhookRequest(incoming);
    const { workflow, surroundings } = prepared();
    const [next] = data.executionData?.nodeExecutionStack ?? [];
    const node = workflow.getNode(data.resultData.lastNodeExecuted ?? '');
    if (!next || !node) throw new UserError('The execution has no node that waits');
    if (suffix !== node.id) return respond(response, 404, { message: 'no waiting webhook' });
    next.node.disabled = true;
    data.waitTill = undefined;
    data.resultData.runData[node.name]?.pop();
    const { nodeTypes } = packages;
    const path = url.pathname;
    const call = { workflow, node, nodeTypes, surroundings, mode, path, request, response, data };
    const came = await callWebhook(call);
    // Of two concurrent webhooks, n8n resumes the execution for the first.
    if (came.workflowData && resumed) return respond(response, 500, { message: 'is resuming' });
    if (came.workflowData) {
      next.data.main = came.workflowData;
      next.metadata = { ...next.metadata, forwardAllOutputs: true };
      resumed = goOn(data);
    }
    respondTo(response, came);
  }

  const { origin, close } = await serve(log, handle);
  const waitingBaseUrl = `${origin}/webhook-waiting`;

  const own: string[] = [];
  let ended: IRun | undefined;
  const first = await captureLog(own, async () => {
    const result = await resultOf(() => {
      const running = startExecution(prepared(), mode);
      void running.then((run) => (ended = run));
      return running;
    });
    return { ...result, log: own };
  });
  if (ended?.waitTill) {
    waitTill = ended.waitTill;
    saved = JSON.stringify(ended.data);
  }
  return {
    first,
    waitTill,
    get resumed() {
      return resumed;
    },
    async passDeadline() {
      if (!saved) throw new UserError('The execution does not wait');
      resumed ??= goOn(JSON.parse(saved) as IRunExecutionData);
      return await resumed;
    },
    log,
    close,
  };
}
