import { Container } from '@n8n/di';
import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { CredentialsHelper } from './credentials';
import type { DataTables } from './dataTables';

/**
 * The surroundings n8n's server gives to an execution, or to a field of the editor that is being filled
 * (without hooks). Nothing listens at these addresses.
 */
export function additionalData(
  hooks: ExecutionLifecycleHooks | undefined,
  credentialsHelper: CredentialsHelper,
  dataTables?: DataTables,
): IWorkflowExecuteAdditionalData {
  const base = 'http://localhost:5678';
  const unsupported = async (): Promise<never> => {
    throw new Error('Sub-workflows and task runners need a full n8n');
  };
  return {
    hooks,
    ...(dataTables && { 'data-table': { dataTableProxyProvider: dataTables.provider } }),
    credentialsHelper,
    executionId: hooks?.executionId,
    executeWorkflow: unsupported,
    startRunnerTask: unsupported,
    getRunExecutionData: async () => undefined,
    getRuntimeCredential: async () => undefined,
    logAiEvent: () => {},
    currentNodeExecutionIndex: 0,
    variables: {},
    externalSecretsProxy: Container.get(ExternalSecretsProxy),
    instanceBaseUrl: `${base}/`,
    restApiUrl: `${base}/rest`,
    formBaseUrl: `${base}/form`,
    formWaitingBaseUrl: `${base}/form-waiting`,
    formTestBaseUrl: `${base}/form-test`,
    webhookBaseUrl: `${base}/webhook`,
    webhookWaitingBaseUrl: `${base}/webhook-waiting`,
    webhookTestBaseUrl: `${base}/webhook-test`,
    mcpBaseUrl: `${base}/mcp`,
    mcpTestBaseUrl: `${base}/mcp-test`,
  };
}
