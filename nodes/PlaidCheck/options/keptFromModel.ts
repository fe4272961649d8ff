import type { INode } from 'n8n-workflow';

import { PARAMETER } from '../fields/names';
import { asObject } from '../utils/json';
import { OPTIONS } from './declarations';
import type { Option } from './option';
import { OPTION_FIELDS } from './read';

/** What gives an expression of a tool a value of the model's choice: n8n's function for it, and the tool's input. */
const BY_MODEL = /\$(fromAI|json|input)\b/i;

/** Parameters that decide what a tool does at all. */
const PICKERS = [
  { name: PARAMETER.resource, label: 'the field Resource' },
  { name: PARAMETER.operation, label: 'the field Operation' },
];

/**
 * A model must not choose what protects against the model. n8n offers its button for that at any field that takes expressions, so
 * the stored expressions are checked.
 * @throws Error for a field or option that a tool of an AI agent leaves to the model, and that only a person may set
 */
export function checkKeptFromModel({ parameters }: Pick<INode, 'parameters'>): void {
  const options = asObject(parameters[PARAMETER.options]);
  const given = [
    ...PICKERS.map(({ name, label }) => ({ label, stored: parameters[name] })),
    ...OPTION_FIELDS.filter(({ name }) => isKept(name)).map(({ name, label }) => ({
      label: `the option ${label.name}`,
      stored: options[name],
    })),
  ];
  const left = given.find(({ stored }) => holdsModelValue(stored));
  if (left) throw new Error(`${left.label} ${LEFT_TO_MODEL}`);
}

const LEFT_TO_MODEL =
  'must not be left to the model: its expression uses $fromAI, $json or $input; enter a fixed value';

const isKept = (name: string) => {
  const { holdsBack, keptFromModel }: Partial<Option> =
    (OPTIONS as Record<string, Option>)[name] ?? {};
  return holdsBack === true || keptFromModel === true;
};

/** Whether a stored parameter has such an expression anywhere; n8n marks expressions with "=". */
function holdsModelValue(stored: unknown): boolean {
  if (typeof stored === 'string') return stored.startsWith('=') && BY_MODEL.test(stored);
  return (
    typeof stored === 'object' && stored !== null && Object.values(stored).some(holdsModelValue)
  );
}
