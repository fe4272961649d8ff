import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type IVersionedNodeType,
  NodeConnectionTypes,
} from 'n8n-workflow';

type AnyNodeType = INodeType | IVersionedNodeType;

const tools = new WeakMap<AnyNodeType, AnyNodeType>();

/** The type of its own under which n8n's server offers a node as a tool of an AI agent. */
export function asTool(type: AnyNodeType): AnyNodeType {
  const known = tools.get(type);
  if (known) return known;
  const description = {
    ...type.description,
    name: `${type.description.name}Tool`,
    displayName: `${type.description.displayName} Tool`,
    inputs: [],
    outputs: [NodeConnectionTypes.AiTool],
  };
  const tool = Object.create(type, { description: { value: description } }) as AnyNodeType;
  tools.set(type, tool);
  return tool;
}

export const CALLER_TYPE = 'engine.toolCaller';

/** What n8n makes of a node that is connected as a tool, as far as it is used here. */
interface Tool {
  name: string;
  invoke: (input: unknown) => Promise<string>;
}

/**
 * Calls the tools that are connected to it as n8n's AI Agent node does up to version 2: n8n itself makes tools of the
 * nodes, and all calls run at the same time. Each input item has the `calls`, by `tool` and `input`; each output item is
 * an answer, or the message of the error.
 */
export const caller: INodeType = {
  description: {
    displayName: 'Tool Caller',
    name: 'toolCaller',
    group: ['transform'],
    version: 1,
    description: 'Calls tools',
    defaults: { name: 'Tool Caller' },
    inputs: [
      { type: NodeConnectionTypes.Main },
      { type: NodeConnectionTypes.AiTool, displayName: 'Tools' },
    ],
    outputs: [NodeConnectionTypes.Main],
    properties: [],
  },
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const connected = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
    const calls = this.getInputData().flatMap(
      ({ json }) => json.calls as Array<{ tool?: string; input: unknown }>,
    );
    const answers = await Promise.allSettled(
      calls.map(async ({ tool, input }) => {
        const called =
          tool === undefined ? connected[0] : connected.find(({ name }) => name === tool);
        if (!called) throw new Error(`No tool "${tool}"`);
        return await called.invoke(input);
      }),
    );
    return [
      answers.map((answer) => ({
        json:
          answer.status === 'fulfilled'
            ? { answer: answer.value }
            : { error: (answer.reason as Error).message },
      })),
    ];
  },
};
