import type { Call } from '../client/send';
import type { Problem } from '../fields/rules';
import type { NodeOptions } from '../options/read';
import type { Look } from './existing';
import { lookForReport } from './existingReport';
import { lookForSubscription } from './existingSubscription';

/** The read before a creation that the options ask for; undefined where they ask for none. */
export function lookFor(
  {
    ifReportExists,
    ifSubscriptionExists,
  }: Pick<NodeOptions, 'ifReportExists' | 'ifSubscriptionExists'>,
  create: Call,
): Look | { problems: Problem[] } | undefined {
  if (ifReportExists) return lookForReport(create, ifReportExists);
  return ifSubscriptionExists === 'useExisting' ? lookForSubscription(create) : undefined;
}
