import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from './postgres';

/** An execution as n8n has saved it. */
export interface Execution {
  readonly id: string;
  readonly status: string;
}

/** An item of a node's output. */
export type OutputItem = Record<string, unknown>;

const ACTIVE = ['new', 'running', 'waiting'];
const LOOK_EVERY_MS = 250;

/** A workflow's executions, oldest first. Read from the database, which answers whatever becomes of n8n. */
export async function executionsOf(
  postgres: Postgres,
  workflowId: string,
): Promise<readonly Execution[]> {
  const rows = await postgres.query(
    `select id, status from execution_entity where "workflowId" = '${workflowId}' order by id`,
  );
  return rows.map(([id = '', status = '']) => ({ id, status }));
}

/** Executions that have not come to an end. */
export const activeOnes = (executions: readonly Execution[]) =>
  executions.filter(({ status }) => ACTIVE.includes(status));

/** How long a killed or frozen worker's execution may go on looking as if it ran, and more. */
const GIVEN_UP_WITHIN_MS = 90_000;

/** Waits until a workflow has so many executions and all have ended, but no longer than n8n needs to give one up. */
export async function allEnded(
  postgres: Postgres,
  workflowId: string,
  count: number,
): Promise<readonly Execution[]> {
  const deadline = Date.now() + GIVEN_UP_WITHIN_MS;
  for (;;) {
    const executions = await executionsOf(postgres, workflowId);
    const isOver = executions.length >= count && activeOnes(executions).length === 0;
    if (isOver || Date.now() > deadline) return executions;
    await pause(LOOK_EVERY_MS);
  }
}

/** The items that a node gave out in each of these executions, whose output was kept. */
export async function outputsOf(
  postgres: Postgres,
  executionIds: readonly string[],
  node: string,
): Promise<readonly OutputItem[][]> {
  if (executionIds.length === 0) return [];
  const rows = await postgres.query(
    `select data from execution_data where "executionId" in (${executionIds.join(', ')}) order by "executionId"`,
  );
  return rows.map(([data = '']) => itemsOf(data, node));
}

interface RunData {
  resultData?: {
    runData?: Record<string, { data?: { main?: ({ json: OutputItem }[] | null)[] } }[]>;
  };
}

function itemsOf(data: string, node: string): OutputItem[] {
  const { resultData } = unflatten(data) as RunData;
  const [first] = resultData?.runData?.[node]?.at(-1)?.data?.main ?? [];
  return (first ?? []).map(({ json }) => json);
}

/** n8n saves executions in the format of the package flatted: a list of values that name each other by their place. */
function unflatten(text: string): unknown {
  const values = JSON.parse(text) as unknown[];
  const done = new Map<number, unknown>();
  const revive = (place: number): unknown => {
    const value = values[place];
    if (typeof value !== 'object' || value === null) return value;
    if (done.has(place)) return done.get(place);
    const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    done.set(place, result);
    for (const [name, member] of Object.entries(value)) {
      const item = typeof member === 'string' ? revive(Number(member)) : member;
      Object.assign(result, { [name]: item });
    }
    return result;
  };
  return revive(0);
}
