import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { messageOf } from '../client/failure';

/** Reads one parameter of the node for an item, with expressions resolved; null if there is none. */
export type ReadParameterAt = (name: string, itemIndex: number) => unknown;

/**
 * Reads the node's parameters for one run. What holds no expression is the same for every item and is read
 * once only, as n8n takes longer to read a dozen parameters than to send a request.
 */
export function parameterReader(context: IExecuteFunctions): ReadParameterAt {
  const { parameters } = context.getNode();
  const fixed = new Map<string, unknown>();
  return (name, itemIndex) => {
    if (fixed.has(name)) return fixed.get(name);
    const value = readParameter(context, name, itemIndex);
    if (!holdsExpression(parameters[name])) fixed.set(name, value);
    return value;
  };
}

/** Whether a stored parameter has an expression anywhere; n8n marks them with "=". */
function holdsExpression(stored: unknown): boolean {
  if (typeof stored === 'string') return stored.startsWith('=');
  return typeof stored === 'object' && stored !== null
    ? Object.values(stored).some(holdsExpression)
    : false;
}

/** @throws NodeOperationError that names the field, where n8n's own message about an expression does not */
function readParameter(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
  try {
    return context.getNodeParameter(name, itemIndex, null);
  } catch (error) {
    const { parameter = name, nodeCause } = contextOf(error);
    const source = nodeCause ? ` (node "${nodeCause}")` : '';
    throw new NodeOperationError(
      context.getNode(),
      `the expression in the field ${parameter} failed: ${messageOf(error)}${source}`,
    );
  }
}

/** Where n8n's expression errors say what they are about. */
const contextOf = (error: unknown) =>
  ((error as { context?: unknown }).context ?? {}) as { parameter?: string; nodeCause?: string };
