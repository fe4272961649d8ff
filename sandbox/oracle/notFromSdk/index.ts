import type { SdkSchemas } from '../types';
import { LINK } from './linkToken';
import { REPORT_CREATE } from './reportCreate';
import { REPORT_GET } from './reportGet';
import type { PublicFacts } from './types';
import { WEBHOOKS } from './webhooks';

/**
 * NOT FROM THE SDK. What is public of Plaid's newer report API beyond the installed SDK, as JSON Schemas written by hand
 * from these sources, and apart from the node's own schemas:
 *
 * - names, types and optionality: a public client generated from Plaid's OpenAPI description 2020-09-14_1.762.0
 * - https://plaid.com/docs/check/migrate-from-legacy-apis/
 * - https://plaid.com/docs/errors/plaid-check/
 *
 * The SDK has it from version 48 on. From then on these schemas are stale, and `withPublicFacts` says so.
 */
const PARTS: readonly PublicFacts[] = [REPORT_CREATE, REPORT_GET, LINK, WEBHOOKS];

const merged = <T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));

export const PUBLIC_FACTS: PublicFacts = {
  endpoints: merged(PARTS.map(({ endpoints }) => endpoints)),
  definitions: merged(PARTS.map(({ definitions }) => definitions)),
  extensions: PARTS.flatMap(({ extensions }) => extensions),
};

/** Adds them to the SDK's schemas. Throws when the SDK has one of them itself, or lacks a type that one extends. */
export function withPublicFacts(sdk: SdkSchemas, facts: PublicFacts = PUBLIC_FACTS): SdkSchemas {
  const stale = [
    ...Object.keys(facts.endpoints).filter((path) => path in sdk.endpoints),
    ...Object.keys(facts.definitions).filter((type) => type in sdk.definitions),
  ];
  if (stale.length > 0)
    throw new Error(
      `The SDK has ${stale.join(', ')} by now: compare with its types, then remove sandbox/oracle/notFromSdk`,
    );
  const definitions = { ...sdk.definitions, ...facts.definitions };
  for (const { type, extend } of facts.extensions) {
    const known = definitions[type];
    if (!known) throw new Error(`The SDK has no type ${type} any more; its extension is stale`);
    definitions[type] = extend(known);
  }
  return { endpoints: { ...sdk.endpoints, ...facts.endpoints }, definitions };
}
