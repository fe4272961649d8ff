import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { summariesOf, type Parts } from '../catalog/operations';
import { requestIdsOf } from '../options/output';
import { combined, withCombinedNames } from '../facts/combined';
import type { Job } from './job';
import { mayHaveSucceeded, type Failure } from '../client/failure';
import { TEXTS } from '../client/failureTexts';
import { failureOutput } from '../client/tellFailure';
import type { Call } from '../client/send';
import type { RunContext, Result } from '../client/retry';
import { oneReport } from './oneReport';
import { ofOperation } from './remedies';
import { withRequiredFacts } from './requiredFacts';

/** The requests of one item: a read of each product, by its name in the output. */
export function fullReportCalls(
  parts: Parts,
  { body, ...call }: Call,
): Array<[string, Call, Endpoint]> {
  const { products, ...user } = body;
  const names = [...new Set(Array.isArray(products) ? products : [])];
  return names.flatMap((name) => {
    const part = parts[String(name)];
    if (!part) return [];
    const { path, howToVerify } = part;
    return [[String(name), { ...call, path, howToVerify, body: user }, part]];
  });
}

/**
 * Reads several products of one report concurrently into one output. A product that fails, fails the item, unless the user
 * wants the others, with the failures under `errors`. Where all fail, the item always does.
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

function joined(results: ReadonlyArray<[string, Result]>, parts: Parts, job: Job): Result {
  const { output, call, reasonTexts, ifProductFails } = job;
  const products: Record<string, JsonObject> = {};
  const failures: Array<{ product: string; failure: Failure }> = [];
  const attempts: Result['attempts'] = [];
  for (const [product, result] of results) {
    attempts.push(...result.attempts);
    if ('failure' in result) {
      const operation = parts[product];
      const { failure } = result;
      failures.push({
        product,
        failure: operation ? ofOperation(failure, { ...job, operation }) : failure,
      });
    } else if ('json' in result) {
      products[product] = result.json;
    }
  }
  const isNothing = Object.keys(products).length === 0;
  // Where the run ends, a product that it did not get to has not failed.
  const cuts = failures.filter(({ failure }) => isCut(failure));
  const cut = cuts.find(({ failure }) => failure.createdReport) ?? cuts[0];
  const failed = failures.filter(({ failure }) => !isCut(failure));
  if (cut && (failed.length === 0 || ifProductFails === 'continue')) {
    const isPending = !isNothing || failures.some(({ failure }) => failure.isReportPending);
    const read = billedAmong(Object.keys(products), parts);
    const failure = {
      ...cut.failure,
      ...(isPending && { isReportPending: true as const }),
      ...(read !== null && mayHaveSucceeded(read)),
    };
    return { failure, retry: 'never', attempts };
  }
  // What may have been billed comes first.
  const worst = failed.find(({ failure }) => failure.may_have_succeeded) ?? failed[0];
  if (worst && (isNothing || ifProductFails === 'fail')) {
    const failure = isNothing
      ? worst.failure
      : partlyFailed(worst, failures, billedAmong(Object.keys(products), parts));
    return { failure, retry: 'never', attempts };
  }
  const asked = Object.fromEntries(results.map(([name]) => [name, products[name]]));
  const shown =
    output.form === 'simplified'
      ? combined(summariesOf(parts), asked, { request: requestIdsOf(call), reasonTexts })
      : products;
  const errors = failures.map(({ product, failure }) => ({ product, ...failureOutput(failure) }));
  const complete = failures.length === 0;
  return { json: { complete, ...shown, errors: errors as unknown as JsonValue }, attempts };
}

/** Whether the run ended before a product was asked for, or before a report that it created was ready. */
const isCut = ({ kind, may_have_succeeded, createdReport }: Failure) =>
  kind === 'cancelled' && (createdReport !== undefined || !may_have_succeeded);

/** How to verify a product that was read and is billed each time; null where there is none. */
const billedAmong = (products: readonly string[], parts: Parts): string | null =>
  products.map((product) => parts[product]?.howToVerify ?? null).find((one) => one !== null) ??
  null;

/** The failure of an item of which some products were read. */
function partlyFailed(
  { failure: worst }: { failure: Failure },
  failures: ReadonlyArray<{ product: string }>,
  howToVerify: string | null,
): Failure {
  const names = failures.map(({ product }) => product);
  return {
    ...worst,
    ...(howToVerify !== null && mayHaveSucceeded(howToVerify)),
    message: TEXTS.productsFailed(names, worst.message),
    steps: [...worst.steps, TEXTS.continueWithProducts],
  };
}
