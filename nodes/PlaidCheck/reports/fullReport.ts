import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { simplified } from '../facts/summary';
import type { Job } from './job';
import type { Failure } from '../client/failure';
import type { Call } from '../client/send';
import type { RunContext, Result } from '../client/retry';
import { oneReport } from './oneReport';
import { DEFAULT_MAX_WAIT_MS } from '../options/declarations';

type Parts = Readonly<Record<string, Endpoint>>;

/** The requests that one item is made of, by their names in the output: a read of each product. */
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
 * Several products of one report, side by side, as one answer: what each read gave, and under `errors` why
 * others gave nothing. Only where none gave anything it is a failure: that of the first, or of one that may
 * have succeeded, and been billed.
 */
export async function fullReport(run: RunContext, prepared: Job, parts: Parts): Promise<Result> {
  const calls = fullReportCalls(parts, prepared.call);
  const { ifExpired, maxWaitMs = ifExpired && DEFAULT_MAX_WAIT_MS } = prepared;
  const ends = await Promise.all(
    calls.map(async ([name, call, operation]): Promise<[string, Result]> => {
      return [name, await oneReport(run, { ...prepared, operation, call, maxWaitMs })];
    }),
  );
  return asOne(ends, parts, prepared.output.form);
}

function asOne(
  ends: ReadonlyArray<[string, Result]>,
  parts: Parts,
  form: Job['output']['form'],
): Result {
  const answers: JsonObject = {};
  const errors: Record<string, Failure> = {};
  const attempts: Result['attempts'] = [];
  let failed: Extract<Result, { failure: Failure }> | undefined;
  for (const [name, end] of ends) {
    attempts.push(...end.attempts);
    if ('failure' in end) {
      errors[name] = end.failure;
      const isWorse = end.failure.may_have_succeeded && !failed?.failure.may_have_succeeded;
      if (!failed || isWorse) failed = end;
    } else if ('json' in end) {
      const summary = parts[name]?.summary;
      answers[name] = form === 'simplified' && summary ? simplified(summary, end.json) : end.json;
    }
  }
  if (failed && Object.keys(answers).length === 0) return { ...failed, attempts };
  return { json: { ...answers, errors: errors as unknown as JsonValue }, attempts };
}
