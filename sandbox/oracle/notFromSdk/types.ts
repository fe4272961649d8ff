import type { JsonSchema, SdkSchemas } from '../types';

/** What is public of Plaid's API, but not in the installed SDK. */
export interface PublicFacts {
  readonly endpoints: SdkSchemas['endpoints'];
  /** By type name, as Plaid's OpenAPI description calls it. None of them is in the SDK. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** Types of the SDK that have more by now. */
  readonly extensions: readonly Extension[];
}

export interface Extension {
  /** Name of the SDK's type. */
  readonly type: string;
  /** The type as the SDK has it -> as it is now. */
  readonly extend: (schema: JsonSchema) => JsonSchema;
}
