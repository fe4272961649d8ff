import './environment';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebhookContext } from 'n8n-core';
import {
  type INode,
  type IHttpRequestMethods,
  type INodeTypes,
  type IRunExecutionData,
  Node,
  type IWebhookDescription,
  type IWebhookResponseData,
  type IWorkflowExecuteAdditionalData,
  UserError,
  type Workflow,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { asExpress, respond } from './webhookRequest';

/** A webhook for a node. */
export interface WebhookCall {
  workflow: Workflow;
  node: INode;
  nodeTypes: INodeTypes;
  surroundings: IWorkflowExecuteAdditionalData;
  mode: WorkflowExecuteMode;
  /** As the server was asked for it. */
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
  /** Data of the execution that waits for it; null if the webhook starts a new one. */
  data: IRunExecutionData | null;
}

/** Calls a node's webhook method, as n8n's server does. Rejects as the node does. */
export async function callWebhook(call: WebhookCall): Promise<IWebhookResponseData> {
  const { workflow, node, nodeTypes, surroundings, mode, path, request, response, data } = call;
  Object.assign(surroundings, { httpRequest: request, httpResponse: asExpress(response) });
  const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
  const webhookDescription = type.description.webhooks
    ?.filter(isFor(data))
    .find((one) => methodOf(workflow, node, one) === request.method);
  if (!type.webhook || !webhookDescription) throw new UserError(`"${node.name}" takes no webhooks`);
  const webhookData = {
    webhookDescription,
    httpMethod: request.method as IHttpRequestMethods,
    node: node.name,
    path,
    workflowId: workflow.id,
    workflowExecuteAdditionalData: surroundings,
  } as const;
  const context = new WebhookContext(workflow, node, surroundings, mode, webhookData, [], data);
  const { webhook } = type;
  return type instanceof Node
    ? await (webhook as (context: WebhookContext) => Promise<IWebhookResponseData>).call(
        type,
        context,
      )
    : await webhook.call(context);
}

/** Some webhooks only go on with an execution that waits. */
export const isFor =
  (data: IRunExecutionData | null) =>
  ({ restartWebhook }: IWebhookDescription): boolean =>
    (restartWebhook === true) === (data !== null);

/** The HTTP method of a webhook, which n8n's Webhook node reads off a parameter. */
export const methodOf = (workflow: Workflow, node: INode, { httpMethod }: IWebhookDescription) =>
  workflow.expression.getSimpleParameterValue(node, httpMethod, 'internal', {}, undefined, 'GET');

/**
 * What n8n answers once the node has looked, unless the node has answered itself.
 * @param started what the webhook's description answers where the workflow starts
 */
export function respondTo(
  response: ServerResponse,
  came: IWebhookResponseData,
  started?: IWebhookDescription['responseData'],
): void {
  const { workflowData, webhookResponse, noWebhookResponse } = came;
  if (noWebhookResponse) return;
  const message = workflowData ? 'Workflow was started' : 'Webhook call received';
  const answer = workflowData && started !== 'noData' ? started : undefined;
  respond(response, 200, answer ?? webhookResponse ?? { message });
}
