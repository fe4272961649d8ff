import type { z } from 'zod/v4';

import type { Rule } from '../fields/rules';
import { fieldsOf, type Field } from '../fields/model';
import type { Summary } from '../facts/summary';

/** One Plaid endpoint as it is declared: everything the editor, the check, the request and the reference are derived from. */
export interface EndpointDeclaration {
  /** Value of the resource picker; its display name stands in catalog/index.ts */
  resource: string;
  /** Value of the operation picker */
  operation: string;
  /** Display name of the operation in Title Case */
  name: string;
  /** Sentence-case phrase that finds the operation in n8n's node panel */
  action: string;
  /** One sentence without a full stop at the end */
  description: string;
  /** Plaid's reference page for the endpoint */
  documentationUrl: string;
  path: `/${string}`;
  /**
   * Null where sending the same request again is harmless. For calls that create, bill or leave an
   * inquiry on file: what the user reads after "The request may have succeeded." when
   * such a call breaks off, which is how to see whether it did; without a full stop at the end.
   */
  howToVerify: string | null;
  /**
   * The fields that can say who the request is about: exactly one of them is sent, and more than one
   * makes a picker in the editor. Empty where a request names no user
   */
  identity: readonly string[];
  request: z.ZodObject;
  /** What a schema of single fields can't say, such as one field limiting another */
  rules?: readonly Rule[];
  /** The answer in short: named facts to decide by, for "Output: Simplified" */
  summary?: Summary;
  /** Set where the request has a report made, which then can be waited for */
  makesReport?: true;
  /** Set where the answer is a report, which may still be in the making */
  readsReport?: true;
  /** Set where Plaid may answer that something is still being made, though it is not the check report */
  mayNotBeReady?: true;
  /** Set where Plaid bills a call, or may bill it, by what is known of its prices; for the preview of a request */
  mayBeBilled?: true;
  /** Set where the answer is a PDF: what its file is called, without the ending */
  pdf?: string;
  /** Set where the answer is mainly a list that can be split into one item each */
  list?: { field: string; name: string };
  /** Set where the request is one list, so that the entries of many input items can go in one request */
  combine?: { list: string };
}

/** A declared endpoint with the fields read off its schema. */
export interface Endpoint extends EndpointDeclaration {
  fields: readonly Field[];
}

/** Declares an endpoint; the exact type of its request is kept, to be held against Plaid's SDK types. */
export const endpoint = <const D extends EndpointDeclaration>(
  declaration: D,
): D & Pick<Endpoint, 'fields'> => ({
  ...declaration,
  fields: fieldsOf(declaration.request),
});
