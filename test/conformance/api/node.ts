import { z } from 'zod/v4';

import { catalog } from '../../../nodes/PlaidCheck/catalog';
import { nextStepFor, type ErrorIdentity } from '../../../nodes/PlaidCheck/client/errorCodes';
import { ANY_CODE, EVENTS } from '../../../nodes/PlaidCheck/trigger/events';
import { flatten, type Flat } from '../support/schemaDifferences';
import type { Schema } from '../support/schema';

/** What the node has of Plaid's API. */
export interface NodeApi {
  /** The fields of each request that it can make, by path. */
  readonly requests: ReadonlyMap<string, Flat>;
  /** The events that the trigger offers by name, as `webhook_type.webhook_code`. */
  readonly events: ReadonlySet<string>;
  /** Whether it says what to do about an error. */
  readonly hasNextStep: (error: ErrorIdentity) => boolean;
}

export const NODE: NodeApi = {
  requests: new Map(
    catalog.map(({ path, request }) => [
      path,
      flatten(z.toJSONSchema(request, { io: 'input' }) as Schema),
    ]),
  ),
  events: new Set(
    EVENTS.filter(({ code }) => code !== ANY_CODE).map(({ type, code }) => `${type}.${code}`),
  ),
  hasNextStep: (error) => nextStepFor(error) !== null,
};
