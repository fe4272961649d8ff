import './environment';
import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
  type ICredentialDataDecryptedObject,
  type ICredentialsExpressionResolveValues,
  ICredentialsHelper,
  type IExecuteData,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INode,
  type INodeCredentialsDetails,
  type INodeParameters,
  type INodeProperties,
  type INodeTypes,
  type IRequestOptionsSimplified,
  isExpression,
  type IWorkflowExecuteAdditionalData,
  NodeHelpers,
  UserError,
  Workflow,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Packages } from './packages';

/** Decrypted credential data by credential type name, e.g. `{ plaidCheckApi: { clientId, … } }`. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

/** Evaluates expressions where no workflow is at hand, as n8n does for credentials. */
const DETACHED_NODE: INode = {
  id: '',
  name: '',
  type: 'mock',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/**
 * n8n's credentials helper over a plain object instead of a database. Defaults, expressions,
 * authentication and pre-authentication follow n8n's own helper
 * (https://github.com/n8n-io/n8n/blob/master/packages/cli/src/credentials-helper.ts).
 * One credential per type: whichever id a node references, it gets the one of that type.
 */
export class CredentialsHelper extends ICredentialsHelper {
  constructor(
    private readonly packages: Packages,
    private readonly store: CredentialStore,
    /** Called where n8n reads its database; if it rejects, that has failed. */
    private readonly onRead?: () => Promise<void>,
  ) {
    super();
  }

  getParentTypes(type: string): string[] {
    return this.packages.credentialTypes.getParentTypes(type);
  }

  isCredentialUsableByNode(type: string, nodeType: string): boolean {
    const { credentialTypes } = this.packages;
    return (
      !credentialTypes.getByName(type).restrictToSupportedNodes ||
      credentialTypes.getSupportedNodes(type).includes(nodeType)
    );
  }

  /** The type's properties, those of the types it extends first. */
  getCredentialsProperties(type: string): INodeProperties[] {
    const { properties, extends: parents = [] } = this.packages.credentialTypes.getByName(type);
    const combined: INodeProperties[] = [];
    for (const parent of parents) {
      NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
    }
    NodeHelpers.mergeNodeProperties(combined, properties);
    return combined;
  }

  async getCredentials(node: INodeCredentialsDetails, type: string): Promise<Credentials> {
    const credentials = new Credentials(node, type);
    await credentials.setData(this.stored(type));
    return credentials;
  }

  async getDecrypted(
    additionalData: IWorkflowExecuteAdditionalData,
    _nodeCredentials: INodeCredentialsDetails,
    type: string,
    mode: WorkflowExecuteMode,
    executeData?: IExecuteData,
    raw?: boolean,
    at?: ICredentialsExpressionResolveValues,
  ): Promise<ICredentialDataDecryptedObject> {
    await this.onRead?.();
    const data = this.stored(type);
    if (raw) return data;
    const complete = this.withDefaults(type, data);
    const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
    const resolved = at
      ? at.workflow.expression.getParameterValue(
          complete,
          at.runExecutionData,
          at.runIndex,
          at.itemIndex,
          at.node.name,
          at.connectionInputData,
          mode,
          keys,
          executeData,
          false,
          complete,
        )
      : detachedWorkflow(this.packages.nodeTypes).expression.getComplexParameterValue(
          DETACHED_NODE,
          complete,
          mode,
          keys,
          undefined,
          undefined,
          complete,
        );
    return resolved as ICredentialDataDecryptedObject;
  }

  /** Adds the authentication to a request: by the type's function, or its generic description. */
  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    type: string,
    requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const options = requestOptions as IHttpRequestOptions;
    const { authenticate } = this.packages.credentialTypes.getByName(type);
    if (typeof authenticate === 'function') return await authenticate(credentials, options);
    if (authenticate?.type !== 'generic') return options;
    if (!workflow || !node) throw new UserError('Generic authentication needs a workflow and node');

    const resolve = (value: string): string =>
      isExpression(value)
        ? String(
            workflow.expression.getSimpleParameterValue(
              node,
              value,
              'internal',
              { $credentials: credentials },
              undefined,
              '',
            ) || '',
          )
        : value;
    const resolveAll = (values: object): Record<string, string> =>
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [resolve(key), resolve(String(value))]),
      );
    options.headers ??= {};
    const parts = options as unknown as Record<string, object | undefined>;
    for (const [part, values] of Object.entries(authenticate.properties)) {
      parts[part] = Object.assign(parts[part] ?? {}, resolveAll(values));
    }
    return options;
  }

  /** Fetches an expirable token when it is empty or has expired, and keeps it for the run. */
  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    type: string,
    node: INode,
    credentialsExpired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const expirable = this.packages.credentialTypes
      .getByName(type)
      .properties.find(
        (property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
      );
    if (!expirable || !(credentialsExpired || credentials[expirable.name] === '')) return undefined;
    const output = await this.runPreAuthentication(helpers, credentials, type);
    const details = node.credentials?.[type];
    if (output?.[expirable.name] === undefined || !details) return undefined;
    await this.updateCredentials(details, type, { ...this.stored(type), ...output });
    return Object.assign(credentials, output);
  }

  async runPreAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    type: string,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const { preAuthentication } = this.packages.credentialTypes.getByName(type);
    if (!preAuthentication) return undefined;
    return (await preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
  }

  async updateCredentials(
    _nodeCredentials: INodeCredentialsDetails,
    type: string,
    data: ICredentialDataDecryptedObject,
  ): Promise<void> {
    this.store[type] = data;
  }

  async updateCredentialsOauthTokenData(
    nodeCredentials: INodeCredentialsDetails,
    type: string,
    { oauthTokenData }: ICredentialDataDecryptedObject,
  ): Promise<void> {
    const data = { ...this.stored(type) };
    if (oauthTokenData !== undefined) data.oauthTokenData = oauthTokenData;
    await this.updateCredentials(nodeCredentials, type, data);
  }

  private stored(type: string): ICredentialDataDecryptedObject {
    const data = this.store[type];
    if (!data) throw new UserError(`The run was given no credential of type "${type}"`);
    return data;
  }

  /** Properties the user left alone have their default, as in n8n's credential form. */
  private withDefaults(type: string, data: ICredentialDataDecryptedObject): INodeParameters {
    const properties = this.getCredentialsProperties(type);
    return (
      NodeHelpers.getNodeParameters(properties, data as INodeParameters, true, false, null, null) ??
      {}
    );
  }
}

function detachedWorkflow(nodeTypes: INodeTypes): Workflow {
  return new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
}
