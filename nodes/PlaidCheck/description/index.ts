import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { withBilling } from '../catalog/billing';
import type { Endpoint } from '../catalog/endpoint';
import type { Operation } from '../catalog/operations';
import type { Resource } from '../catalog';
import { editorField, editorFields, exampleBody } from '../fields/form';
import { byName, GROUP, PARAMETER } from '../fields/names';
import { isIdentityChoice } from '../fields/request';
import type { Field } from '../fields/model';
import { nodeOptions } from '../options/index';
import { mergeForms } from './merge';
import { operationHint } from './operationHint';
import { customFields, isCustomCall } from './custom';
import { outputFields } from './output';
import { shownFor } from '../catalog/shownFor';

/** All fields of the node in the editor: the pickers, each endpoint's own fields, and the options. */
export function nodeProperties(
  resources: readonly Resource[],
  operations: readonly Operation[],
): INodeProperties[] {
  return [
    resourcePicker(resources),
    ...resources.map((resource) =>
      operationPicker(
        resource,
        operations.filter((one) => one.resource === resource.value),
      ),
    ),
    ...operations.map(about),
    aboutTool,
    specifyRequest,
    ...mergeForms(
      operations.map((operation) => ({ place: operation, fields: operationFields(operation) })),
    ),
    nodeOptions(operations),
  ];
}

/** The line under the node's name, such as "Create: Check Report"; an expression, as n8n fills it in for each node. */
export function nodeSubtitle(resources: readonly Resource[], catalog: readonly Endpoint[]): string {
  const shown = Object.fromEntries(
    resources.map(({ value, name }) => {
      const operations = catalog.filter(({ resource }) => resource === value);
      const names = Object.fromEntries(operations.map((one) => [one.operation, one.name]));
      return [value, { name, ...names }];
    }),
  );
  const { resource, operation } = PARAMETER;
  // n8n cuts what is too long, so the operation comes first.
  const titles = `[${inExpression(shown)}[$parameter["${resource}"]]]`;
  return `={{ ${titles}.map((one) => one[$parameter["${operation}"]] + ": " + one.name)[0] }}`;
}

/** An object's JSON inside an expression, which adjacent braces would end. */
const inExpression = (value: object): string => JSON.stringify(value).replaceAll('}}', '} }');

function resourcePicker(resources: readonly Resource[]): INodeProperties {
  return picker(
    { displayName: 'Resource', name: PARAMETER.resource, description: 'What to work with' },
    resources.map(({ name, value, description }) => ({ name, value, description })),
    FIRST_RESOURCE,
  );
}

/** Where a new node starts: reading a user neither creates nor bills, also where the node is attached as a tool. */
const FIRST_RESOURCE = 'user';

function operationPicker(
  { value: resource, startsWith }: Resource,
  endpoints: readonly Endpoint[],
): INodeProperties {
  return picker(
    {
      displayName: 'Operation',
      name: PARAMETER.operation,
      description: 'What to do',
      displayOptions: { show: { [PARAMETER.resource]: [resource] } },
    },
    endpoints.map((endpoint) => ({
      name: endpoint.name,
      value: endpoint.operation,
      action: endpoint.action,
      description: endpoint.description,
      ...operationHint(endpoint),
    })),
    startsWith,
  );
}

/** A drop-down that other fields depend on, so that it takes no expression. */
function picker(
  about: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
  choices: INodePropertyOptions[],
  startsWith: string,
): INodeProperties {
  const sorted = [...choices].sort((one, other) => byName(one.name, other.name));
  return {
    ...about,
    type: 'options',
    noDataExpression: true,
    default: startsWith,
    options: sorted,
  };
}

function about(endpoint: Operation): INodeProperties {
  const { documentationUrl } = endpoint;
  return {
    displayName: `${withBilling(endpoint)}. <a href="${documentationUrl}" target="_blank">Plaid's reference</a>.`,
    name: PARAMETER.about,
    type: 'notice',
    default: '',
    displayOptions: shownFor(endpoint),
  };
}

/** n8n tells a model the action, and nothing else of the node. Releases that do not know the condition show no notice. */
const aboutTool: INodeProperties = {
  displayName:
    'The model is told the action, not what it costs. Where Plaid bills, say so in Tool Description, and use Human Review and Allow at Most',
  name: PARAMETER.aboutTool,
  type: 'notice',
  default: '',
  displayOptions: { show: { '@tool': [true] } },
};

const specifyRequest: INodeProperties = {
  displayName: 'Specify Request',
  name: PARAMETER.specifyRequest,
  type: 'options',
  noDataExpression: true,
  default: 'fields',
  description: 'How to specify the request to Plaid',
  // n8n's editor deletes the values of fields that no longer show, and runs no code of a node when a person switches.
  hint: 'Switching discards what is filled in. To turn it into JSON, first run the node with the option Preview Request, copy the body and map the values that differ between items',
  displayOptions: { hide: isCustomCall },
  options: [
    { name: 'Using Fields', value: 'fields', description: 'Fill in a form' },
    { name: 'Using JSON', value: 'json', description: 'Write or map the complete request' },
  ],
};

const usingFields = { [PARAMETER.specifyRequest]: ['fields'] };

/** The form of one operation; `mergeForms` adds for which operations each field is shown. */
export function operationFields(endpoint: Operation): INodeProperties[] {
  if (endpoint.isCustom) return [...customFields];
  const body = endpoint.fields.filter((field) => !isIdentityChoice(endpoint, field.name));
  return [
    ...identityFields(endpoint),
    ...editorFields(body).map((property) => ({
      ...property,
      displayOptions: {
        show: usingFields,
        ...(endpoint.makesReport && property.name === 'webhook' && HIDDEN_WHILE_PAUSING),
      },
    })),
    jsonBody(endpoint),
    ...outputFields(endpoint),
  ];
}

/** Where the execution pauses, n8n's own address replaces it. */
const HIDDEN_WHILE_PAUSING = {
  hide: { [`/${PARAMETER.options}.waitUntilReady.${GROUP}.waitMode`]: ['webhook'] },
};

/** A picker where Plaid takes several kinds of user ID, and one field for each. */
function identityFields(endpoint: Endpoint): INodeProperties[] {
  const ways = endpoint.fields.filter((field) => isIdentityChoice(endpoint, field.name));
  const [first] = ways;
  if (!first) return [];
  const chooseWay = picker(
    {
      displayName: 'Identify User By',
      name: PARAMETER.identifyUserBy,
      description: 'How to identify the user that the request is about',
      displayOptions: { show: usingFields },
    },
    ways.map(({ name, label }) => ({
      name: label.name,
      value: name,
      description: label.description,
    })),
    first.name,
  );
  return [chooseWay, ...ways.map(identityField)];
}

function identityField(way: Field): INodeProperties {
  return {
    ...editorField({ ...way, required: true }),
    displayOptions: {
      show: { ...usingFields, [PARAMETER.identifyUserBy]: [way.name] },
    },
  };
}

function jsonBody(endpoint: Endpoint): INodeProperties {
  return {
    displayName: 'Request Body (JSON)',
    name: PARAMETER.jsonBody,
    type: 'json',
    required: true,
    default: JSON.stringify(exampleBody(endpoint), null, 2),
    description: "The complete request as JSON; the node adds the credential's keys",
    displayOptions: { show: { [PARAMETER.specifyRequest]: ['json'] } },
  };
}
