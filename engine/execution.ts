import { userFolder } from './environment';
// Before n8n logs its first line, which would otherwise have nowhere to go, as winston complains.
import './log';
import './seenBefore';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, InstanceSettings, type WorkflowExecute } from 'n8n-core';
import {
  type ExecutionError,
  type ExecutionStatus,
  type IConnections,
  type IDataObject,
  type INode,
  type INodeExecutionData,
  type IPinData,
  type IRunExecutionData,
  type ISourceData,
  type ITaskData,
  type IWorkflowExecuteAdditionalData,
  type IWorkflowSettings,
  type NodeExecutionHint,
  Workflow,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialsHelper, type CredentialStore } from './credentials';
import type { DataTables } from './dataTables';
import type { Packages } from './packages';
import { additionalData } from './surroundings';

// n8n keeps its key in memory once it is created; the folder has no further use.
Container.get(InstanceSettings);
rmSync(userFolder, { recursive: true, force: true });

/** A workflow as n8n exports it; other members of the file are ignored. */
export interface WorkflowJson {
  name?: string;
  nodes: INode[];
  connections: IConnections;
  settings?: IWorkflowSettings;
  pinData?: IPinData;
}

export interface RunOptions {
  workflow: WorkflowJson;
  /** Credential data by credential type name. A node gets the one of its type, whatever its id. */
  credentials?: CredentialStore;
  /** Called where n8n reads a credential from its database; if it rejects, n8n can't. */
  onCredentialRead?: () => Promise<void>;
  /** Aborting it is what "Stop" is in the editor: nodes see `getExecutionCancelSignal()` abort. */
  signal?: AbortSignal;
  onNodeStart?: (nodeName: string) => void;
  onNodeDone?: (nodeName: string, run: NodeRun) => void;
  /** Called at the moment at which n8n takes the data that it saves, a cancelled execution's included. */
  onSave?: (data: IRunExecutionData) => void;
  /** Default `manual`, as started from the editor. */
  mode?: WorkflowExecuteMode;
  /** What n8n keeps for the workflow's nodes between executions; what a webhook changes is saved in it. */
  staticData?: IDataObject;
  /** What the workflow's Data Table nodes read and write; none has them otherwise. */
  dataTables?: DataTables;
}

/** One time that a node ran; in a loop a node runs several times. */
export interface NodeRun {
  /** Items per output, in the node's order (an error output comes last). */
  outputs: INodeExecutionData[][];
  /** Where the items of each input came from; `null` for an input without items. */
  source: Array<ISourceData | null>;
  /** Unix time, ms. */
  startTime: number;
  /** Milliseconds. */
  executionTime: number;
  status?: ExecutionStatus;
  error?: ExecutionError;
  /** What the node wants shown at its output. */
  hints?: NodeExecutionHint[];
}

export interface RunResult {
  /** `waiting` when a Wait node put the execution to sleep (65 s or more), which ends it here. */
  status: ExecutionStatus;
  /** Why the run stopped early. Errors that a node passed on as items are in the items. */
  error?: ExecutionError;
  /** Runs by node name. Nodes that did not run are absent. */
  nodes: Record<string, NodeRun[]>;
  /** What n8n saves of the execution. Absent where it did not begin. */
  saved?: IRunExecutionData;
  /** Every line n8n logged during the run, debug level included, as JSON text. */
  log: string[];
}

/** An execution in progress, which can be canceled. */
export type Running = ReturnType<WorkflowExecute['run']>;

/** The result of an execution, including its failures. */
export async function resultOf(
  start: () => Running,
  signal?: AbortSignal,
): Promise<Omit<RunResult, 'log'>> {
  let running: Running;
  try {
    running = start();
  } catch (error) {
    // n8n rejects a workflow with issues (an unknown node, a missing parameter) before it starts.
    return { status: 'error', error: error as ExecutionError, nodes: {} };
  }

  let cancelled = false;
  const cancel = () => {
    cancelled = true;
    running.cancel();
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const { status, data } = await running;
    const { error, runData } = data.resultData;
    return {
      // Before 2.x, n8n's server concluded from the error that the execution had failed.
      status: cancelled ? 'canceled' : error ? 'error' : status,
      ...(error && { error }),
      saved: data,
      nodes: Object.fromEntries(
        Object.entries(runData).map(([nodeName, runs]) => [nodeName, runs.map(nodeRun)]),
      ),
    };
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** A workflow with the surroundings of one execution of it. */
export interface Prepared {
  workflow: Workflow;
  surroundings: IWorkflowExecuteAdditionalData;
  pinData: IPinData | undefined;
}

/** @param workflowId the same for every execution of one workflow; a new one by default */
export function prepare(
  options: RunOptions,
  packages: Packages,
  workflowId: string = randomUUID(),
): Prepared {
  const { mode = 'manual', onNodeStart, onNodeDone, onSave } = options;
  // n8n writes to the workflow and the credentials it is given.
  const { nodes, connections, settings, pinData, name = '' } = structuredClone(options.workflow);
  const credentialsHelper = new CredentialsHelper(
    packages,
    structuredClone(options.credentials ?? {}),
    options.onCredentialRead,
  );
  const { nodeTypes } = packages;
  const shape = { id: workflowId, name, nodes, connections, settings, active: false };
  const staticData = structuredClone(options.staticData ?? {});
  const workflow = new Workflow({ ...shape, pinData, nodeTypes, staticData });

  const now = new Date();
  const hooks = new ExecutionLifecycleHooks(mode, randomUUID(), {
    ...shape,
    activeVersionId: null,
    isArchived: false,
    createdAt: now,
    updatedAt: now,
  });
  hooks.addHandler('nodeExecuteBefore', (nodeName) => onNodeStart?.(nodeName));
  hooks.addHandler('nodeExecuteAfter', (nodeName, data) => onNodeDone?.(nodeName, nodeRun(data)));
  hooks.addHandler('workflowExecuteAfter', ({ data }) => onSave?.(data));

  return {
    workflow,
    surroundings: additionalData(hooks, credentialsHelper, options.dataTables),
    pinData,
  };
}

function nodeRun(task: ITaskData): NodeRun {
  const { data, source, startTime, executionTime, executionStatus, error, hints = [] } = task;
  return {
    outputs: (data?.main ?? []).map((items) => items ?? []),
    source,
    startTime,
    executionTime,
    ...(executionStatus && { status: executionStatus }),
    ...(error && { error }),
    ...(hints.length > 0 && { hints }),
  };
}
