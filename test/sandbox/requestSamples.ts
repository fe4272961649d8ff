import type { JsonSchema, Oracle } from '../../sandbox/oracle';
import * as sdkRequests from '../support/sdk/sdkRequests';

/** The schema of the endpoint's request body. */
export const requestSchema = (oracle: Oracle, path: string): JsonSchema =>
  oracle.definitions[oracle.endpoints[path]?.request ?? ''] ?? {};

/** A request with every field of the SDK's request type, naming the user in one way. */
export const fullRequest = (
  oracle: Oracle,
  path: string,
  known: Record<string, unknown> = {},
): Record<string, unknown> => sdkRequests.fullRequest(oracle, path, { known, leftOutToo: true });
