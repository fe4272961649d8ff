import './environment';
import { DataDeduplicationService } from 'n8n-core';
import {
  type DeduplicationScope,
  type ICheckProcessedContextData,
  type IDataDeduplicator,
  UserError,
} from 'n8n-workflow';
/** What has been seen, by the workflow or the node of one that keeps it. */
const seen = new Map<string, Set<string>>();

function seenIn(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData) {
  const key = JSON.stringify([workflow.id, scope === 'node' && node?.name]);
  const found = seen.get(key) ?? new Set();
  seen.set(key, found);
  return found;
}

/** n8n's memory of items in earlier executions, over a map in place of its database; for the node Remove Duplicates. */
const memory: IDataDeduplicator = {
  async checkProcessedAndRecord(items, scope, context, { mode }) {
    if (mode !== 'entries') throw new UserError('Only values seen before can be dropped here');
    const known = seenIn(scope, context);
    const result = {
      new: items.filter((item) => !known.has(String(item))),
      processed: items.filter((item) => known.has(String(item))),
    };
    for (const item of items) known.add(String(item));
    return result;
  },
  async removeProcessed(items, scope, context) {
    for (const item of items) seenIn(scope, context).delete(String(item));
  },
  async clearAllProcessedItems(scope, context) {
    seenIn(scope, context).clear();
  },
  async getProcessedDataCount(scope, context) {
    return seenIn(scope, context).size;
  },
};

void DataDeduplicationService.init(memory);
