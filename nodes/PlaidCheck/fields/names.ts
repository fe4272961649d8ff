/**
 * Parameters of the node that are not fields of the API. No required field, and none that names the
 * user, may bear one of these names; optional fields stand under Additional Fields.
 */
export const PARAMETER = {
  resource: 'resource',
  operation: 'operation',
  about: 'aboutOperation',
  specifyRequest: 'specifyRequest',
  jsonBody: 'jsonBody',
  identifyUserBy: 'identifyUserBy',
  additionalFields: 'additionalFields',
  customPath: 'customPath',
  customBody: 'customBody',
  customSafeToRetry: 'customSafeToRetry',
  output: 'output',
  outputFacts: 'outputFacts',
  outputPaths: 'outputPaths',
  options: 'options',
} as const;

/** The one option of every fixedCollection; what a group holds stands under it. */
export const GROUP = 'values';

/** The one field of an entry in a list of IDs. */
export const ENTRY = 'id';

/** How a drop-down stands for JSON null: n8n's options take texts, numbers and booleans only. */
export const NULL_CHOICE = 'null';

/**
 * Compares two display names for n8n's alphabetical order of choices. All of them are English, and the
 * language-aware comparison of JavaScript takes a sixth of the package's whole load time at its first use.
 */
export function byName(one: string, other: string): number {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
