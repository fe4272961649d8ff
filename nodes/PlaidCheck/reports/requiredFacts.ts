import type { JsonObject } from 'n8n-workflow';

import { getReport } from '../catalog/report/get';
import { ULTRAFICO_ASKED_IN, ULTRAFICO_ASKED_IN_CURRENT } from '../catalog/shared/ultraFico';
import { summariesOf, type Operation } from '../catalog/operations';
import { failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { requestIdOf } from '../client/response';
import type { Result } from '../client/retry';
import { withCombinedNames, type Summaries } from '../facts/combined';
import { missingFacts, type Report, type Summary } from '../facts/summary';
import type { Job } from './job';

/** The summaries of an operation's responses: one, or one for each product that the request names. */
export function summariesFor({ summary, parts }: Operation, { products }: JsonObject): Summary[] {
  const names = Array.isArray(products) ? products.map(String) : [];
  const named: Summaries = parts ? withCombinedNames(summariesOf(parts)) : {};
  return [summary, ...names.map((name) => named[name])].filter((one) => one !== undefined);
}

/** A failure in place of reports that lack a required fact, so that no policy decides on nothing. */
export function withRequiredFacts(
  result: Result,
  { requiredFacts, call }: Pick<Job, 'requiredFacts' | 'call'>,
  reports: readonly Report[],
): Result {
  if ('failure' in result) return result;
  const missing = missingFacts(requiredFacts, reports);
  if (missing.length === 0) return result;
  const isCurrent = call.path === getReport.path;
  const [first] = reports;
  const { attempts } = result;
  return {
    attempts,
    retry: 'never',
    failure: failure({
      kind: 'incomplete_report',
      message: TEXTS.incompleteReport(missing),
      steps: [
        ...(missing.some(isUltraFico)
          ? [TEXTS.askForUltraFico(isCurrent ? ULTRAFICO_ASKED_IN_CURRENT : ULTRAFICO_ASKED_IN)]
          : []),
        TEXTS.incompleteReportRead,
      ],
      request_id: first ? requestIdOf({ json: first.answer }) : null,
      // It has succeeded, so another read is billed where reads are.
      may_have_succeeded: call.howToVerify !== null,
      missing_facts: missing,
    }),
  };
}

/** Whether a fact is about UltraFICO scores, also under the prefix of its product. */
const isUltraFico = (fact: string) => /(^|_)ultrafico_/.test(fact);
