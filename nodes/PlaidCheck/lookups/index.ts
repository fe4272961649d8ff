import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Lookup } from '../fields/builders';
import { searchItems } from './items';
import { searchReportProducts } from './reportProducts';
import { searchSubscriptions } from './subscriptions';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** The lists that the editor loads, by `Lookup`. */
export const lookups: Record<Lookup, ListSearch> = {
  items: searchItems,
  subscriptions: searchSubscriptions,
  reportProducts: searchReportProducts,
};
