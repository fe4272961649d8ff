import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Endpoint } from '../../catalog/endpoint';
import type { Account } from '../../client/account';
import { isTool } from '../../client/failureForModel';
import { canReceiveFrom } from '../../fields/webAddress';
import type { NodeOptions } from '../../options/read';
import { executionOf } from './execution';

/** How an item pauses its execution until Plaid reports the outcome. */
export interface PausePlan {
  /** Where Plaid is to send its webhooks: n8n's address that resumes the execution */
  webhook: string;
  /** Tells the webhooks of this request from those of an earlier one of the same execution */
  attempt: string;
  /** ms */
  maxWaitMs: number;
}

/**
 * The choice "Pause Until Plaid's Webhook" of the option Wait Until Ready, or undefined where it is not made.
 * @throws Error when the execution can't be paused, so that nothing is sent
 */
export function planPause(
  context: IExecuteFunctions,
  { makesReport }: Pick<Endpoint, 'makesReport'>,
  { waitUntilReady }: Pick<NodeOptions, 'waitUntilReady'>,
  account: Account,
): PausePlan | undefined {
  if (!makesReport || waitUntilReady?.waitMode !== 'webhook') return undefined;
  // That is told by the item.
  if ('unusable' in account) return undefined;
  const items = context.getInputData().length;
  if (items > 1) {
    throw new Error(
      `an execution can pause for one report only, and there are ${items} items. Put a Loop Over Items node with batch size 1 before this one. ${ASK_INSTEAD}`,
    );
  }
  if (isTool(context.getNode())) {
    throw new Error(
      `as a tool of an AI agent, this node can't pause the execution. ${ASK_INSTEAD}`,
    );
  }
  const url = context.getExecutionId() && executionOf(context) ? resumeUrlOf(context) : undefined;
  if (!url) {
    throw new Error(`this execution has no URL that resumes it. ${ASK_INSTEAD}`);
  }
  const plan = { attempt: randomUUID(), maxWaitMs: waitUntilReady.maxWaitMs };
  if (account.isDemo) return { ...plan, webhook: `${account.baseUrl}/webhook` };
  if (!canReceiveFrom(account.baseUrl, url.href)) {
    throw new Error(
      `Plaid sends webhooks to https addresses only, and this n8n's URL is ${url.origin}. Set n8n's WEBHOOK_URL to its public https address. ${ASK_INSTEAD}`,
    );
  }
  // With the node, so that it is nobody's webhook once the execution waits at another node.
  url.pathname += `/${encodeURIComponent(context.getNode().id)}`;
  url.searchParams.set(ATTEMPT, plan.attempt);
  return { ...plan, webhook: url.href };
}

const ASK_INSTEAD = 'Choose Poll Plaid in the option Wait Until Ready, which works everywhere';

/** The parameter of the address that holds the attempt. */
export const ATTEMPT = 'attempt';

/** With the token by which newer n8n know whom they gave it to. */
function resumeUrlOf(context: IExecuteFunctions): URL | undefined {
  const written = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
  return URL.canParse(written) ? new URL(written) : undefined;
}
