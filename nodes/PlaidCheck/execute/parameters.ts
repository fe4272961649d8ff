import {
  NodeOperationError,
  type IExecuteFunctions,
  type INodeExecutionData,
  type IWorkflowDataProxyData,
} from 'n8n-workflow';

import { messageOf } from '../client/failure';
import { isDeepEqual } from '../utils/json';
import { readFromItem, type ReadFromItem, type Root, type Roots } from './itemReferences';

/** Reads one parameter of the node for an item, with expressions resolved; null if there is none. */
export type ReadParameterAt = (name: string, itemIndex: number) => unknown;

/**
 * Reads the node's parameters for one run. What holds no expression is the same for every item and is read
 * once only, as n8n takes longer to read a dozen parameters than to send a request.
 */
export function parameterReader(context: IExecuteFunctions): ReadParameterAt {
  const { parameters } = context.getNode();
  const fixed = new Map<string, unknown>();
  const references = new Map<string, References | undefined>();
  const rootsAt = rootsReader(context);
  return (name, itemIndex) => {
    if (fixed.has(name)) return fixed.get(name);
    if (!references.has(name)) {
      const stored = parameters[name];
      if (!holdsExpression(stored)) {
        const value = readParameter(context, name, itemIndex);
        fixed.set(name, value);
        return value;
      }
      references.set(name, referencesIn(stored));
    }
    const own = references.get(name);
    const fromItem = own?.read(rootsAt(itemIndex));
    if (own?.isSure && fromItem !== undefined) return fromItem;
    const value = readParameter(context, name, itemIndex);
    // From then on it is read without n8n if that gives what n8n does.
    if (own && fromItem !== undefined) {
      if (isDeepEqual(fromItem, value)) own.isSure = true;
      else references.set(name, undefined);
    }
    return value;
  };
}

/** What n8n gives an expression for `$('Name')`. */
interface NodeItems {
  item?: NodeItem;
  first: () => NodeItem | undefined;
  last: () => NodeItem | undefined;
}

type NodeItem = Pick<INodeExecutionData, 'json'>;

/** Finds what an item's expressions read from; an item of another node through n8n, once for all expressions. */
function rootsReader(context: IExecuteFunctions): (itemIndex: number) => Roots {
  const items = context.getInputData();
  let current: { itemIndex: number; proxy: IWorkflowDataProxyData } | undefined;
  let found = new Map<string, unknown>();
  const find = (proxy: IWorkflowDataProxyData, { node, which }: Root) => {
    try {
      const nodeItems = proxy.$(node) as NodeItems;
      if (which === 'item') return nodeItems.item?.json;
      return (which === 'first()' ? nodeItems.first() : nodeItems.last())?.json;
    } catch {
      // n8n has the words for it where it evaluates the expression.
      return undefined;
    }
  };
  return (itemIndex) => (root) => {
    if (root.node === undefined) return items[itemIndex]?.json;
    if (current?.itemIndex !== itemIndex) {
      current = { itemIndex, proxy: context.getWorkflowDataProxy(itemIndex) };
      found = new Map();
    }
    const name = `${root.which} ${root.node}`;
    if (!found.has(name)) found.set(name, find(current.proxy, root));
    return found.get(name);
  };
}

/** A parameter that only names fields of the item. */
interface References {
  read: ReadFromItem;
  /** Whether n8n gave the same for an item */
  isSure: boolean;
}

function referencesIn(stored: unknown): References | undefined {
  const read = readFromItem(stored);
  return read && { read, isSure: false };
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
