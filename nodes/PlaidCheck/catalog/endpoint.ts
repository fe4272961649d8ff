import type { z } from 'zod/v4';

import type { Rule } from '../fields/rules';
import { formatRule } from '../fields/formats';
import { fieldsOf, type Field } from '../fields/model';
import { plaidIdRule } from '../fields/plaidIds';
import type { Summary } from '../facts/summary';
import type { Billing } from './billing';

/** Declares one Plaid endpoint: the source for the editor, validation, the request and the reference. */
export interface EndpointDeclaration {
  /** Value in the resource picker; see catalog/index.ts for its display name */
  resource: string;
  /** Value in the operation picker */
  operation: string;
  /** Display name of the operation in Title Case */
  name: string;
  /** Sentence-case phrase for the list of actions in n8n's node panel */
  action: string;
  /** One sentence without a period at the end */
  description: string;
  /** Plaid's reference page for the endpoint */
  documentationUrl: string;
  path: `/${string}`;
  /**
   * Null if the call is safe to retry. Otherwise (it creates, bills or leaves an inquiry): how the user can verify whether
   * it succeeded, to follow "The request may have succeeded."; without a period at the end.
   */
  howToVerify: string | null;
  /**
   * The fields that can identify the user. Exactly one is sent; if there are several, the editor shows a picker. Empty if
   * the request has no user
   */
  identity: readonly string[];
  request: z.ZodObject;
  /** Conditions between fields */
  rules?: readonly Rule[];
  /** The facts for "Output: Simplified" */
  summary?: Summary;
  /** Set if the request creates a report, which the node can wait for */
  makesReport?: true;
  /** Set if the response is a report, which may not be ready yet */
  readsReport?: true;
  /** Set if Plaid may respond that something other than a check report is not ready yet */
  mayNotBeReady?: true;
  /** Set if Plaid bills the call or may do so: when */
  billing?: Billing;
  /** The product that it reads, if it is another one than the base report, by which Plaid bills it */
  product?: string;
  /**
   * For a request that creates something: what it created, to follow "The call succeeded:", and what to do next, each
   * without a period at the end. Tells a model that it is done
   */
  created?: { what: string; next: string };
  /** Set if the response is a PDF: its file name without the extension */
  pdf?: string;
  /** A field of the response that a field of the request asks for, and what it means if Plaid leaves it out */
  asksFor?: { request: string; response: string; hintIfMissing: string };
  /** Set if the response is a list that can be split into items */
  list?: { field: string; name: string };
  /** Set if the request is a list, so that one request can combine the entries of many input items */
  combine?: { list: string };
}

/** A declared endpoint, and the fields and rules derived from its schema. */
export interface Endpoint extends EndpointDeclaration {
  fields: readonly Field[];
  rules: readonly Rule[];
}

/** Keeps the exact type of the request, so that tests can compare it with Plaid's SDK types. */
export const endpoint = <const D extends EndpointDeclaration>(
  declaration: D,
): D & Pick<Endpoint, 'fields' | 'rules'> => ({
  ...declaration,
  fields: fieldsOf(declaration.request),
  rules: [...(declaration.rules ?? []), formatRule(declaration.request), plaidIdRule],
});
