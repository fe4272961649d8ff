import type { INode } from 'n8n-workflow';

import { PARAMETER } from '../fields/names';
import { asObject } from '../utils/json';
import { OPTIONS } from './declarations';
import type { Option } from './option';
import { OPTION_FIELDS } from './read';

/** Fields that decide what a tool does at all, or how often it is sent. */
const FIELDS = [
  { name: PARAMETER.resource, label: 'the field Resource' },
  { name: PARAMETER.operation, label: 'the field Operation' },
  { name: PARAMETER.customSafeToRetry, label: 'the field Safe to Retry' },
];

/**
 * A model must not choose what protects against the model. n8n offers its button for that at any field that takes expressions, so
 * the stored parameters are checked. No expression is fine: most can reach what the model gave, by one name or another.
 * @throws Error for a field or option of a tool that only a person may set, and that is an expression
 */
export function checkKeptFromModel({ parameters }: Pick<INode, 'parameters'>): void {
  const stored = parameters[PARAMETER.options];
  const options = asObject(stored);
  const given = [
    // All options in one expression, as a workflow that was not made in the editor may have them.
    { label: 'the field Options', stored: typeof stored === 'string' ? stored : undefined },
    ...FIELDS.map(({ name, label }) => ({ label, stored: parameters[name] })),
    ...OPTION_FIELDS.filter(({ name }) => isKept(name)).map(({ name, label }) => ({
      label: `the option ${label.name}`,
      stored: options[name],
    })),
  ];
  const left = given.find((one) => holdsExpression(one.stored));
  if (left) throw new Error(`${left.label} ${LEFT_TO_MODEL}`);
}

const LEFT_TO_MODEL = 'must not be left to the model: enter a fixed value, not an expression';

const isKept = (name: string) => {
  const { holdsBack, keptFromModel }: Partial<Option> =
    (OPTIONS as Record<string, Option>)[name] ?? {};
  return holdsBack === true || keptFromModel === true;
};

/** Whether a stored parameter has an expression anywhere; n8n marks them with "=". */
function holdsExpression(stored: unknown): boolean {
  if (typeof stored === 'string') return stored.startsWith('=');
  return (
    typeof stored === 'object' && stored !== null && Object.values(stored).some(holdsExpression)
  );
}
