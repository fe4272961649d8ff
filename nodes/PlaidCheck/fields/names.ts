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
  customRepeatable: 'customRepeatable',
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
