import type { JsonObject, JsonValue } from 'n8n-workflow';

import { valueAt } from '../fields/path';

/**
 * The parts of an answer that a user names, each under the path as it was written, such as
 * `report.items[0].institution_name`; null where the answer has nothing there.
 */
export const partsOf = (answer: JsonObject, paths: readonly string[]): JsonObject =>
  Object.fromEntries(paths.map((path) => [path, partAt(answer, path)]));

function partAt(answer: JsonObject, path: string): JsonValue {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  return valueAt(answer, keys) ?? null;
}
