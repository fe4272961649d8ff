/**
 * Parameters of the node that are not API fields. Required fields and user identifiers share their namespace, so none
 * may have one of these names.
 */
export const PARAMETER = {
  resource: 'resource',
  operation: 'operation',
  about: 'aboutOperation',
  aboutTool: 'aboutTool',
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

/** The single option of every fixedCollection, which holds the values of a group. */
export const GROUP = 'values';

/** The single field of an entry in a list of IDs. */
export const ENTRY = 'id';

/** Between the name of a required group and that of its member, which the form shows among the fields around the group. */
export const MEMBER = '__';

/** Stands for JSON null in a drop-down: n8n allows only strings, numbers and booleans. */
export const NULL_CHOICE = 'null';

/**
 * Compares display names for n8n's alphabetical order. Not `localeCompare`: all names are English, and its first call
 * takes a sixth of the package's load time.
 */
export function byName(one: string, other: string): number {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
