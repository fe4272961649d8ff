import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import { PARAMETER } from '../fields/names';
import { DEFAULT_FORM, OUTPUT_FORMS } from '../options/output';

/** For a report that has a simplified form: whether to output all of it, its facts, or a selection. */
export function outputFields(operation: Operation): INodeProperties[] {
  const { summary, parts } = operation;
  if (!summary && !parts) return [];
  return [formField(operation), ...(summary ? selection : [])];
}

const formField = (operation: Operation): INodeProperties => ({
  displayName: 'Output',
  name: PARAMETER.output,
  type: 'options',
  noDataExpression: true,
  default: DEFAULT_FORM,
  description: 'How much of the report to output',
  options: Object.entries(OUTPUT_FORMS)
    // Get Full Report has no facts of its own to select.
    .filter(([value]) => value !== 'selected' || operation.summary)
    .map(([value, shown]) => ({ ...shown, value })),
});

const SELECTED = { show: { [PARAMETER.output]: ['selected'] } };

const selection: readonly INodeProperties[] = [
  {
    displayName: 'Fact Names or IDs',
    name: PARAMETER.outputFacts,
    type: 'multiOptions',
    // The facts of all operations would be a fifth of the node's description.
    typeOptions: {
      loadOptionsMethod: 'getFacts',
      loadOptionsDependsOn: [PARAMETER.resource, PARAMETER.operation],
    },
    default: [],
    description:
      'The facts of the simplified report to output: Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    displayOptions: SELECTED,
  },
  {
    displayName: 'Fields by Path',
    name: PARAMETER.outputPaths,
    type: 'string',
    typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Path' },
    default: [],
    placeholder: 'e.g. report.items[0].accounts',
    description: 'Fields of the full report to output, each under its path',
    displayOptions: SELECTED,
  },
];
