import './environment';
import { WorkflowExecute } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import type { IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import type { Prepared, Running } from './execution';

/** What differs between the releases of n8n that `npm run test:compat` runs, as the types are those of the newest. */

/** Starts an execution at the first node of the workflow. */
export function startExecution(
  { workflow, surroundings, pinData }: Prepared,
  mode: WorkflowExecuteMode,
): Running {
  const execution = new WorkflowExecute(surroundings, mode);
  if (execution.run.length === 1) return execution.run({ workflow, pinData });
  // n8n before 2.11 takes its arguments one by one; the two between are where to start and where to end.
  const inTurn = [workflow, undefined, undefined, pinData];
  return Reflect.apply(execution.run, execution, inTurn) as Running;
}

type RunData = Parameters<typeof n8nWorkflow.createRunExecutionData>[0];

/** The data of an execution that has not begun. */
export function newRunData(given: NonNullable<RunData>): IRunExecutionData {
  if ('createRunExecutionData' in n8nWorkflow) return n8nWorkflow.createRunExecutionData(given);
  // n8n before 1.123 has no such function.
  const { executionData, resultData } = given as Required<NonNullable<RunData>>;
  return {
    startData: {},
    resultData: { runData: {}, ...resultData },
    executionData: {
      contextData: {},
      metadata: {},
      waitingExecution: {},
      waitingExecutionSource: {},
      ...executionData,
    },
  } as unknown as IRunExecutionData;
}
