import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { REPORT_PRODUCTS } from '../catalog/shared/reportProductNames';

/**
 * Lists the products of reports that this version of the node knows; sends nothing.
 * @param filter the text in the search box
 */
export function searchReportProducts(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  const wanted = filter.trim().toLowerCase();
  const results = Object.entries(REPORT_PRODUCTS)
    .map(([value, name]) => ({ name: `${name} (${value})`, value }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
  return Promise.resolve({ results });
}
