import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { simplified } from '../facts/summary';
import type { Job } from './job';
import type { Failure } from '../client/failure';
import { failureOutput } from '../client/tellFailure';
import type { Call } from '../client/send';
import type { RunContext, Result } from '../client/retry';
import { oneReport } from './oneReport';
import { ofOperation } from './remedies';
import { withRequiredFacts } from './requiredFacts';

type Parts = Readonly<Record<string, Endpoint>>;

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
  const reports = results.flatMap(([name, result]) => {
    const summary = parts[name]?.summary;
    return summary && 'json' in result ? [{ summary, answer: result.json }] : [];
  });
  return withRequiredFacts(combined(results, parts, job), job, reports);
}

function combined(results: ReadonlyArray<[string, Result]>, parts: Parts, job: Job): Result {
  const { form } = job.output;
  const products: JsonObject = {};
  const errors: Record<string, object> = {};
  const attempts: Result['attempts'] = [];
  let failed: Extract<Result, { failure: Failure }> | undefined;
  for (const [name, result] of results) {
    attempts.push(...result.attempts);
    if ('failure' in result) {
      const part = parts[name];
      const known = part
        ? ofOperation(result.failure, { ...job, operation: part })
        : result.failure;
      errors[name] = failureOutput(known);
      const isWorse = result.failure.may_have_succeeded && !failed?.failure.may_have_succeeded;
      if (!failed || isWorse) failed = result;
    } else if ('json' in result) {
      const summary = parts[name]?.summary;
      const { json } = result;
      products[name] = form === 'simplified' && summary ? simplified(summary, json) : json;
    }
  }
  if (failed && Object.keys(products).length === 0) return { ...failed, attempts };
  return { json: { ...products, errors: errors as unknown as JsonValue }, attempts };
}
