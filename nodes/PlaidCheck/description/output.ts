import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import { byName, PARAMETER } from '../fields/names';
import type { Summary } from '../facts/summary';
import { DEFAULT_FORM, OUTPUT_FORMS } from '../options/output';

/** For a report that has a simplified form: whether to output all of it, its facts, or a selection. */
export function outputFields(operation: Operation): INodeProperties[] {
  const { summary, parts } = operation;
  if (!summary && !parts) return [];
  return [formField(operation), ...(summary ? selection(summary) : [])];
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

function selection(summary: Summary): INodeProperties[] {
  const selected = { show: { [PARAMETER.output]: ['selected'] } };
  return [
    {
      displayName: 'Facts',
      name: PARAMETER.outputFacts,
      type: 'multiOptions',
      default: [],
      description: 'The facts of the simplified report to output',
      options: summary
        .map(({ name, label, description }) => ({ name: label, value: name, description }))
        .sort((one, other) => byName(one.name, other.name)),
      displayOptions: selected,
    },
    {
      displayName: 'Fields by Path',
      name: PARAMETER.outputPaths,
      type: 'string',
      typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Path' },
      default: [],
      placeholder: 'e.g. report.items[0].accounts',
      description: 'Fields of the full report to output, each under its path',
      displayOptions: selected,
    },
  ];
}
