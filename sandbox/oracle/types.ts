/** The part of JSON Schema (draft 07) that the generator writes and the sandbox reads. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  contains?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema | JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema | boolean;
  else?: JsonSchema;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
}

/** One endpoint as the SDK declares it. */
export interface SdkEndpoint {
  /** Name of the SDK's method, such as `craCheckReportCreate`. */
  readonly operation: string;
  /** HTTP method, upper case. */
  readonly method: string;
  /** Name of the request type in `definitions`; null when the call takes no body. */
  readonly request: string | null;
  /** Schema of the answer; null when the answer is not JSON (a PDF). */
  readonly response: JsonSchema | null;
}

/** What the generator reads out of the SDK. */
export interface SdkSchemas {
  /** By path, such as `/cra/check_report/create`. */
  readonly endpoints: Readonly<Record<string, SdkEndpoint>>;
  /** By type name. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

/** A change to one SDK type or to one property of it, with the reason why the types alone don't say it. */
export interface Patch {
  /** Name of the SDK's type. */
  readonly type: string;
  /** Name of the property; added when the type lacks it. The type itself where there is none. */
  readonly property?: string;
  /** Merged over the schema of the property, or of the type. */
  readonly schema: JsonSchema;
  readonly reason: string;
}
