import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalog/operations';
import { byName, PARAMETER } from '../fields/names';
import type { Summary } from '../facts/summary';
import { shownFor } from '../catalog/shownFor';

/** For a report that has a short form: whether it comes out whole, in short, or in parts. */
export function outputFields(operation: Operation): INodeProperties[] {
  const { summary, parts } = operation;
  if (!summary && !parts) return [];
  return [formField(operation), ...(summary ? selection(operation, summary) : [])];
}

const FULL = { name: 'Full', value: 'full', description: 'Everything, as Plaid sends it' };

const SELECTED = {
  name: 'Selected Fields',
  value: 'selected',
  description: 'Only the facts and parts that you choose',
};

const SIMPLIFIED = {
  name: 'Simplified',
  value: 'simplified',
  description: 'The facts to decide by in one flat object, short enough for an AI agent',
};

const formField = (operation: Operation): INodeProperties => ({
  displayName: 'Output',
  name: PARAMETER.output,
  type: 'options',
  noDataExpression: true,
  default: 'full',
  description: 'How much of the report comes out',
  options: operation.summary ? [FULL, SELECTED, SIMPLIFIED] : [FULL, SIMPLIFIED],
  displayOptions: shownFor(operation),
});

function selection(operation: Operation, summary: Summary): INodeProperties[] {
  const selected = shownFor(operation, { [PARAMETER.output]: ['selected'] });
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
      displayName: 'Parts by Path',
      name: PARAMETER.outputPaths,
      type: 'string',
      typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Path' },
      default: [],
      placeholder: 'e.g. report.items[0].accounts',
      description: 'Parts of the full report to output, each under its path as its name',
      displayOptions: selected,
    },
  ];
}
