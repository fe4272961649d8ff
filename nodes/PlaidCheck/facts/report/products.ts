import type { JsonValue } from 'n8n-workflow';

import { sortedBy } from '../order';
import { walk } from '../path';
import { textsAt, type Selection } from '../read';

/**
 * One product of a report that may hold it in several versions, which are never added: the newest version that could be
 * created.
 */
export const newestProduct = (product: string): Selection => {
  const path = `report.products[product=${product}]`;
  return {
    paths: [path],
    read: (answer) => {
      const all = sortedBy(walk(answer, path), versionOf).reverse();
      return all.find((one) => walk(one, 'attributes').length > 0) ?? all[0] ?? null;
    },
  };
};

const versionOf = (product: JsonValue) => textsAt(product, 'version')[0] ?? '';
