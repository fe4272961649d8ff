import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { summariesOf, type Parts } from '../catalog/operations';
import { requestIdsOf } from '../options/output';
import { combined, withCombinedNames } from '../facts/combined';
import type { Job } from './job';
import { failureOutput, type Failure } from '../client/failure';
import type { Call } from '../client/send';
import type { RunContext, Result } from '../client/retry';
import { oneReport } from './oneReport';
import { withRequiredFacts } from './requiredFacts';

/** The requests of one item: a read of each product, by its name in the output. */
export function fullReportCalls(
  parts: Parts,
  { body, ...call }: Call,
): Array<[string, Call, Endpoint]> {
  const { products, ...user } = body;
  const names = Array.isArray(products) ? products : [];
  return names.flatMap((name) => {
    const part = parts[String(name)];
    if (!part) return [];
    const { path, howToVerify } = part;
    return [[String(name), { ...call, path, howToVerify, body: user }, part]];
  });
}

/**
 * Reads several products of one report concurrently into one output, with the failures under `errors`. It fails where
 * all of them fail, with the first failure that may have succeeded, and been billed, or else the first.
 */
export async function fullReport(run: RunContext, job: Job, parts: Parts): Promise<Result> {
  const calls = fullReportCalls(parts, job.call);
  const results = await Promise.all(
    calls.map(async ([name, call, operation]): Promise<[string, Result]> => {
      return [name, await oneReport(run, { ...job, operation, call })];
    }),
  );
  const summaries = withCombinedNames(summariesOf(parts));
  const reports = results.flatMap(([name, result]) => {
    const summary = summaries[name];
    return summary && 'json' in result
      ? [{ summary, answer: result.json, request: requestIdsOf(job.call) }]
      : [];
  });
  return withRequiredFacts(joined(results, parts, job), job, reports);
}

function joined(
  results: ReadonlyArray<[string, Result]>,
  parts: Parts,
  { output, call, reasonTexts }: Job,
): Result {
  const products: Record<string, JsonObject> = {};
  const errors: Record<string, object> = {};
  const attempts: Result['attempts'] = [];
  let failed: Extract<Result, { failure: Failure }> | undefined;
  for (const [name, result] of results) {
    attempts.push(...result.attempts);
    if ('failure' in result) {
      errors[name] = failureOutput(result.failure);
      const isWorse = result.failure.may_have_succeeded && !failed?.failure.may_have_succeeded;
      if (!failed || isWorse) failed = result;
    } else if ('json' in result) {
      products[name] = result.json;
    }
  }
  if (failed && Object.keys(products).length === 0) return { ...failed, attempts };
  const asked = Object.fromEntries(results.map(([name]) => [name, products[name]]));
  const shown =
    output.form === 'simplified'
      ? combined(summariesOf(parts), asked, { request: requestIdsOf(call), reasonTexts })
      : products;
  return { json: { ...shown, errors: errors as unknown as JsonValue }, attempts };
}
