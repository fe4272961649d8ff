import { type IDataObject, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { billOf, isBilled } from './bill';
import {
  attemptsOutput,
  type Failure,
  type FailureKind,
  type FailureOutput,
  type ProblemOutput,
} from './failure';
import { isTool, jsonForModel, messageForModel } from './failureForModel';
import { TEXTS } from './failureTexts';
import { headlineOf, linesOf, linesOfCalls, outputOfProblem } from './headline';

/** The next step of a failure, what is at stake first. The one place where sentences are joined. */
function nextStepOf(failed: Failure): string | null {
  const { steps, howToVerify, createdReport, otherItems, causes = [], records = [] } = failed;
  const sentences: string[] = [];
  if (createdReport) {
    sentences.push(TEXTS.reportCreated(createdReport));
    if (createdReport.isReadable) sentences.push(TEXTS.readInsteadOfCreating(createdReport));
  }
  if (howToVerify !== null) {
    sentences.push(createdReport ? TEXTS.readMayHaveSucceeded : TEXTS.mayHaveSucceeded);
    sentences.push(howToVerify);
  }
  if (causes.length > 0) sentences.push(TEXTS.causes(causes));
  sentences.push(...steps);
  if (failed.kind === 'invalid_request') sentences.push(TEXTS.correctRequest);
  if (failed.invalidItems) sentences.push(TEXTS.noItemSent);
  if (otherItems) {
    sentences.push(TEXTS.otherItems(otherItems));
    const { succeeded, areAnswersKept } = otherItems;
    if (succeeded > 0) sentences.push(areAnswersKept ? TEXTS.answersKept : TEXTS.outputDropped);
  }
  if (records.length > 0) sentences.push(TEXTS.recordsKept);
  return sentences.length === 0 ? null : sentences.join('. ');
}

/** The failure as it is output; what a reader looks for first comes first. */
export function failureOutput(failed: Failure): FailureOutput {
  const { causes, problems, missing_facts, earlierCalls, attempts } = failed;
  return {
    kind: failed.kind,
    message: headlineOf(failed),
    next_step: nextStepOf(failed),
    http_status: failed.http_status,
    error_type: failed.error_type,
    error_code: failed.error_code,
    error_message: failed.error_message,
    display_message: failed.display_message,
    request_id: failed.request_id,
    documentation_url: failed.documentation_url,
    may_have_succeeded: failed.may_have_succeeded,
    ...(causes && { causes }),
    ...(problems && { problems: problems.map(outputOfProblem) }),
    ...(missing_facts && { missing_facts }),
    ...(earlierCalls && { earlier_calls: [...earlierCalls.calls] }),
    ...(attempts && { attempts: attemptsOutput(attempts) }),
  };
}

/** The failure as the JSON of an item, for Continue On Fail and the error output. */
export const failureJson = (node: INode, failed: Failure): IDataObject => ({
  error: isTool(node) ? jsonForModel(failed) : { ...failureOutput(failed) },
});

/** The failure as the error that n8n shows and stops at; without an index where it is about no item. */
export function failureError(node: INode, failed: Failure, itemIndex?: number) {
  const error = errorOf(node, failed, itemIndex);
  // n8n replaces a message in which it finds a code such as ENOENT.
  error.message = isTool(node) ? messageForModel(failed) : headlineOf(failed);
  // The editor shows it in the error's details.
  const { records = [] } = failed;
  if (records.length > 0) error.context.data = { reports: [...records] };
  return error;
}

/** Kinds that are not about a response with an error. */
const NO_API_ERRORS: readonly FailureKind[] = [
  'invalid_request',
  'not_sent',
  'n8n_failed',
  'cancelled',
  'incomplete_report',
  'limit_reached',
];

function errorOf(node: INode, failed: Failure, itemIndex?: number) {
  const { kind } = failed;
  const message = headlineOf(failed);
  // n8n adds a description to the message that a model reads, which has it all, and wraps other errors.
  if (isTool(node)) return new NodeOperationError(node, messageForModel(failed), { itemIndex });
  const description = descriptionOf(failed);
  if (NO_API_ERRORS.includes(kind)) {
    return new NodeOperationError(node, message, { description, itemIndex });
  }
  const { http_status, error_type, error_code, request_id, documentation_url } = failed;
  const facts = { message, http_status, error_type, error_code, request_id, documentation_url };
  return new NodeApiError(node, facts, {
    message,
    description,
    httpCode: http_status === null ? undefined : String(http_status),
    itemIndex,
  });
}

/**
 * Everything below the headline: problems, next step, then the facts that Plaid's support asks for.
 * n8n's error view shows it as HTML, so line breaks are tags and texts from outside are escaped.
 */
function descriptionOf(failed: Failure): string {
  const { problems = [], invalidItems, display_message, documentation_url } = failed;
  const facts = [
    ['error_type', failed.error_type],
    ['error_code', failed.error_code],
    ['request_id', failed.request_id],
    ['HTTP status', failed.http_status],
  ].filter(([, value]) => value !== null);
  const lines = [
    ...(invalidItems ? linesOf(invalidItems) : problems.map(problemLine)),
    ...linesOfCalls(failed),
    display_message,
    nextStepOf(failed),
    attemptsLine(failed),
    billingLine(failed),
    facts.map(([name, value]) => `${name}: ${value}`).join(', '),
  ];
  return [
    ...lines.filter((line) => line).map((line) => breakable(escaped(String(line)))),
    link(documentation_url),
  ]
    .filter((line) => line !== '')
    .join('<br>\n');
}

/** A problem with the way to its field in the form, and its path in the API. */
function problemLine({ path, label, message }: ProblemOutput): string {
  if (label === undefined) return path ? `${path}: ${message}` : message;
  return `${label} (${path}): ${message}`;
}

/** The outcome of each request, where there was more than one. */
function attemptsLine({ attempts = [] }: Failure): string {
  if (attempts.length < 2) return '';
  const ends = attempts.map(({ error_code, http_status, result, duration_ms }) => {
    const end = [http_status, error_code ?? (http_status === null ? result : '')];
    return `${end.filter(Boolean).join(' ')} after ${duration_ms} ms`;
  });
  const shown = ends.slice(-MOST_ATTEMPTS_SHOWN);
  const hidden = ends.length - shown.length;
  return `Tried ${attempts.length} times: ${hidden > 0 ? '…; ' : ''}${shown.join('; ')}`;
}

const MOST_ATTEMPTS_SHOWN = 10;

/** What the item costs although it failed. */
const billingLine = ({ attempts = [] }: Failure): string =>
  TEXTS.billing((billOf(attempts) ?? []).filter(isBilled));

/** Only a plain https address becomes a link. */
const link = (url: string | null) =>
  url && /^https:\/\/[^\s"'<>]+$/.test(url)
    ? `<a href="${escaped(url)}" target="_blank">${escaped(url)}</a>`
    : '';

/**
 * Lets the editor break long words, such as paths, where it would otherwise cut them off; not IDs, which people copy into
 * searches and mails.
 */
const breakable = (html: string) =>
  html.replace(/\S{20,}/g, (word) => word.replace(/[./](?=\w)/g, '$&<wbr>'));

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
