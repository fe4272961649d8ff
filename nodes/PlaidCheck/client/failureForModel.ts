import type { IDataObject, INode } from 'n8n-workflow';

import { NO_REPORT, notReadyOf } from './errorCodes';
import type { Failure, FailureKind } from './failure';
import { TEXTS } from './failureTexts';
import { headlineOf, linesOf, linesOfCalls, outputOfProblem } from './headline';

/** Whether a node runs as a tool of an AI agent: n8n makes a second node type for it, whose name ends so. */
export const isTool = ({ type }: Pick<INode, 'type'>) => type.endsWith('Tool');

/**
 * A failure as plain text for a language model, which reads the message of an error and nothing else, and can only call
 * again or say something. Made of the same data as the text for people.
 */
export const messageForModel = (failed: Failure): string =>
  [headlineForModel(failed), ...problemLines(failed), ...nextSteps(failed)].join('\n');

/** The failure as the JSON of an item, for tools that continue on errors. */
export const jsonForModel = (failed: Failure): IDataObject => ({
  kind: failed.kind,
  message: headlineForModel(failed),
  next_step: nextSteps(failed).join(' '),
  may_have_succeeded: failed.may_have_succeeded,
  error_type: failed.error_type,
  error_code: failed.error_code,
  request_id: failed.request_id,
  ...(failed.problems && { problems: failed.problems.map((one) => ({ ...outputOfProblem(one) })) }),
  ...(failed.missing_facts && { missing_facts: failed.missing_facts }),
  ...(failed.earlierCalls && { earlier_calls: [...failed.earlierCalls.calls] }),
});

/** Plaid's own message about a missing report invites to create one, which bills. */
function headlineForModel(failed: Failure): string {
  const { error_code, earlierCalls } = failed;
  if (earlierCalls) return TEXTS.notSent(TEXTS.limitReachedForModel(earlierCalls.most));
  return lacksReport(failed) ? TEXTS.noReportForModel(error_code ?? '') : headlineOf(failed);
}

const lacksReport = ({ kind, error_code }: Failure) =>
  kind === 'plaid_error' && NO_REPORT.has(error_code ?? '');

function problemLines(failed: Failure): string[] {
  const { problems = [], invalidItems, earlierCalls } = failed;
  if (invalidItems) return linesOf(invalidItems);
  if (earlierCalls) return linesOfCalls(failed).map((line) => `- ${line}`);
  return problems.map(({ path, message }) => `- ${path ? `${path} ` : ''}${message}`);
}

/** Kinds that a second, equal call can end differently. */
const TEMPORARY: readonly FailureKind[] = [
  'timeout',
  'host_not_found',
  'connection_failed',
  'unreadable_response',
];

function nextSteps(failed: Failure): string[] {
  const { kind, howToVerify, createdReport, http_status, steps } = failed;
  if (createdReport) {
    const created = TEXTS.reportCreated(createdReport);
    const read = createdReport.isReadable ? TEXTS.readInsteadOfCreating(createdReport) : null;
    return sentences(created, read ?? TEXTS.tellPerson(steps));
  }
  if (howToVerify !== null) return sentences(TEXTS.doNotRepeat, TEXTS.tellPerson([howToVerify]));
  if (kind === 'limit_reached') return sentences(TEXTS.useEarlierCalls);
  if (kind === 'invalid_request') return sentences(TEXTS.correctCall);
  if (lacksReport(failed)) return sentences(TEXTS.doNotCreateUnasked);
  if (kind === 'not_ready' || notReadyOf(failed) === 'report') return sentences(TEXTS.readLater);
  const isTemporary = TEMPORARY.includes(kind) || http_status === 429 || (http_status ?? 0) >= 500;
  if (isTemporary && !failed.may_have_succeeded) return sentences(TEXTS.callAgain);
  return sentences(TEXTS.tellPerson(steps));
}

const sentences = (...all: string[]) => all.map((sentence) => `${sentence}.`);
