import { createSubscription } from '../catalog/servicing/createSubscription';
import { IF_REPORT_EXISTS, IF_SUBSCRIPTION_EXISTS } from '../options/ifExists';
import type { Job } from '../reports/job';
import { sha256 } from '../utils/sha256';

/** Items of a run that create the same for the same user, as they do where a fixed user stands in place of that of the item. */
interface SameCreations {
  /** Notes an item that created something, or is to be previewed */
  note: (job: Job) => void;
  hints: () => string[];
}

/** Items with the same request. */
interface Same {
  items: number;
  /** What they did, and by which option only the first would */
  words: string;
  option: string;
}

export function openSameCreations(): SameCreations {
  const byRequest = new Map<string, Same>();
  return {
    note({ operation, call, look, previewRequest }) {
      const isSubscription = operation.path === createSubscription.path;
      if (look || !(operation.makesReport || isSubscription)) return;
      // The caller's own ID may be all that an item fills in.
      const body = { ...call.body, client_report_id: null };
      const words = `${previewRequest ? 'would create' : 'created'} a ${isSubscription ? 'subscription' : 'report'}`;
      const key = sha256(JSON.stringify([words, call.path, body]));
      const option = isSubscription ? IF_SUBSCRIPTION_EXISTS : IF_REPORT_EXISTS;
      const items = 1 + (byRequest.get(key)?.items ?? 0);
      byRequest.set(key, { items, words, option });
    },
    hints() {
      const same = [...byRequest.values()].filter(({ items }) => items > 1);
      const kinds = new Map(same.map(({ words, option }) => [words, option]));
      return [...kinds].map(([words, option]) => {
        const those = same.filter((one) => one.words === words);
        const items = those.reduce((sum, one) => sum + one.items, 0);
        return SAME_USER({ items, words, option }, those.length);
      });
    },
  };
}

const SAME_USER = ({ items, words, option }: Same, users: number) =>
  `${items} items ${words} for ${users === 1 ? 'the same user' : `only ${users} users`}, with the same request. If each item is another person, take the user from the item with an expression. To create only one for each user, use the option ${option}`;
