import type { JsonObject, JsonValue } from 'n8n-workflow';

import { listSubscriptions } from '../catalog/servicing/listSubscriptions';
import { failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { requestIdOf } from '../client/response';
import type { Call } from '../client/send';
import { asText, isDeepEqual, isObject } from '../utils/json';
import type { Look, Verdict } from './existing';

/** How the creation of a servicing subscription looks for one that covers the same. */
export function lookForSubscription(create: Call): Look {
  const { user_id } = create.body;
  const { path, howToVerify } = listSubscriptions;
  const body: JsonObject = user_id === undefined ? {} : { user_id };
  return {
    call: { ...create, path, howToVerify, body },
    endpoint: listSubscriptions,
    key: coverage(create.body),
    judge: ({ json }) => verdictOn(json, create.body),
  };
}

/** Two subscriptions of a user with the same scope and products keep the same up to date. */
const coverage = ({ user_id, scope, products }: JsonObject): string =>
  JSON.stringify([
    user_id,
    scope,
    listIn(products)
      .map(({ product, version }) => JSON.stringify([product, version]))
      .sort(),
  ]);

function verdictOn(json: JsonObject, wanted: JsonObject): Verdict {
  const covering = listIn(json.subscriptions).filter((one) => covers(one, wanted));
  const same = covering.find((one) => differences(one, wanted).length === 0);
  const request_id = requestIdOf({ json });
  if (same) return { existing: { subscription_status: 'existing', ...same, request_id } };
  const [other] = covering;
  if (!other) return 'create';
  return {
    failure: failure({
      kind: 'report_conflict',
      message: TEXTS.otherSubscription(differences(other, wanted)),
      steps: [TEXTS.changeSubscription(asText(other.subscription_id) ?? 'unknown')],
      request_id,
    }),
  };
}

/** Whether a subscription has the scope and all products that are wanted. */
const covers = (one: JsonObject, wanted: JsonObject): boolean =>
  one.scope === wanted.scope &&
  listIn(wanted.products).every(({ product, version }) =>
    listIn(one.products).some((other) => other.product === product && other.version === version),
  );

/** What is wanted otherwise of a subscription that covers the products; what the request leaves out may be anything. */
function differences(one: JsonObject, wanted: JsonObject): string[] {
  const settings = ['webhook', 'cadence'].filter((name) => {
    const value = wanted[name] ?? null;
    return value !== null && value !== (one[name] ?? null);
  });
  const hasOtherOptions = listIn(wanted.products).some(({ product, version, options }) => {
    const other = listIn(one.products).find(
      (entry) => entry.product === product && entry.version === version,
    );
    const value = options ?? null;
    return value !== null && !isDeepEqual(value, other?.options ?? null);
  });
  return hasOtherOptions ? [...settings, 'products.options'] : settings;
}

const listIn = (value: JsonValue | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : []).filter(isObject);
