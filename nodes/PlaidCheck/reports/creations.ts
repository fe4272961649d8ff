import type { JsonObject } from 'n8n-workflow';

import type { CreationResult, RunContext, Result } from '../client/retry';
import { failure } from '../client/failure';
import type { FailedOutcome } from '../client/response';
import { TEXTS } from '../client/failureTexts';
import { isDeepEqual } from '../utils/json';

/** What one item creates, as other items of the run see it. */
export interface Creation {
  /** Two creations with the same key create the same thing, or exclude each other */
  key: string;
  body: JsonObject;
  /** The option that holds the values of the creation; undefined where the request does */
  option?: string;
}

/** Creates something, or waits for the same creation of another item of the run. */
export async function createOnce(
  run: RunContext,
  creation: Creation,
  create: () => Promise<CreationResult>,
): Promise<{ created: CreationResult; isOwn: boolean }> {
  const conflict = await conflictIn(run, creation);
  if (conflict) return { created: conflict, isOwn: true };
  const { key, body } = creation;
  const other = run.creations.get(key);
  // Another item may have started one since.
  if (other && !isDeepEqual(other.body, body)) return await createOnce(run, creation, create);
  if (other) return { created: await other.result, isOwn: false };
  const result = create();
  run.creations.set(key, { body, result });
  const created = await result;
  // A creation that surely failed stands in no other item's way.
  if ('failure' in created && !created.failure.may_have_succeeded) run.creations.delete(key);
  return { created, isOwn: true };
}

/**
 * The failure of an item where another item of the run creates the same with other values. Undefined where no other item
 * does; waits for the other one's result.
 */
export async function conflictIn(
  run: RunContext,
  { key, body, option }: Creation,
): Promise<(FailedOutcome & Pick<Result, 'attempts'>) | undefined> {
  const other = run.creations.get(key);
  if (!other || isDeepEqual(other.body, body)) return undefined;
  await other.result;
  // It is gone where Plaid rejected it.
  if (run.creations.get(key) !== other) return await conflictIn(run, { key, body, option });
  const names = [...new Set([...Object.keys(body), ...Object.keys(other.body)])];
  const different = names.filter((name) => !isDeepEqual(body[name], other.body[name]));
  return {
    retry: 'never',
    attempts: [],
    failure: failure({
      kind: 'report_conflict',
      message: TEXTS.reportConflict(different),
      steps: [TEXTS.resolveConflict(option)],
      problems: different.map((name) => ({
        path: option === undefined ? name : `${option}.${name}`,
        message: TEXTS.differsBetweenItems,
      })),
    }),
  };
}
