import type { Failure } from '../client/failure';

/** What became of the items beside the one that a node stops at. */
interface Others {
  /** Items in all */
  items: number;
  answered: number;
  failed: Array<{ item: number }>;
}

/** A node that stops gives no output, so its error tells what became of the other items. */
export function stopError(first: Failure, { items, answered, failed }: Others): Failure {
  if (items === 1) return first;
  const notSent = items - 1 - answered - failed.length;
  const also =
    failed.length > 0
      ? `, ${failed.length} failed or may have succeeded (items ${listed(failed)})`
      : '';
  const lost =
    answered > 0
      ? '. n8n drops those answers, which may be billed; to keep them, set On Error to continue'
      : '';
  const told = `Of the other ${items - 1} items, ${answered} were answered${also}, ${notSent} were not sent${lost}`;
  return { ...first, next_step: [first.next_step, told].filter(Boolean).join('. ') };
}

/** Item numbers as n8n counts them, from 0; the first few of many. */
function listed(failed: Array<{ item: number }>): string {
  const shown = failed.slice(0, MOST_ITEMS_LISTED).map(({ item }) => item);
  return `${shown.join(', ')}${failed.length > shown.length ? ', …' : ''}`;
}

const MOST_ITEMS_LISTED = 20;
