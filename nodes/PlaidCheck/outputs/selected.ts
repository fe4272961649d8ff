import type { JsonObject, JsonValue } from 'n8n-workflow';

/**
 * The parts of an answer that a user names, each under the path as it was written, such as
 * `report.items[0].institution_name`; null where the answer has nothing there.
 */
export const partsOf = (answer: JsonObject, paths: readonly string[]): JsonObject =>
  Object.fromEntries(paths.map((path) => [path, partAt(answer, path)]));

function partAt(answer: JsonObject, path: string): JsonValue {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  return keys.reduce<JsonValue>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? ((value as JsonObject)[key] ?? null)
        : null,
    answer,
  );
}
