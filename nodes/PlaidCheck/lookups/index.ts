import type {
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodePropertyOptions,
} from 'n8n-workflow';

import type { Lookup } from '../fields/builders';
import { loadFacts } from './facts';
import { searchItems } from './items';
import { searchReportProducts } from './reportProducts';
import { searchSubscriptions } from './subscriptions';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** The lists that the editor loads for a resource locator, by `Lookup`. */
export const lookups: Record<Lookup, ListSearch> = {
  items: searchItems,
  subscriptions: searchSubscriptions,
  reportProducts: searchReportProducts,
};

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The choices that the editor loads for a drop-down, by the method that the field names. */
export const choices: Record<string, LoadOptions> = { getFacts: loadFacts };
