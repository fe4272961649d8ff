import type { JsonObject, JsonValue } from 'n8n-workflow';

import type { Endpoint } from '../catalog/endpoint';
import { simplified } from '../outputs/summary';
import type { Prepared } from '../prepare';
import type { Failure } from '../transport/failure';
import type { Call } from '../transport/send';
import type { Run, Tried } from './attempts';
import { outcomeOf } from './outcome';

type Parts = Readonly<Record<string, Endpoint>>;

/** The requests that one item is made of, by their names in the output: a read of each product. */
export function partCalls(parts: Parts, { body, ...call }: Call): Array<[string, Call]> {
  const { products, ...user } = body;
  const names = Array.isArray(products) ? products : [];
  return names.flatMap((name) => {
    const part = parts[String(name)];
    if (!part) return [];
    const { path, repeatable } = part;
    return [[String(name), { ...call, path, repeatable, body: user }]];
  });
}

/**
 * Several products of one report, side by side, as one answer: what each read gave, and under `errors` why
 * others gave nothing. Only where none gave anything it is a failure: that of the first.
 */
export async function partsOutcome(run: Run, prepared: Prepared, parts: Parts): Promise<Tried> {
  const calls = partCalls(parts, prepared.call);
  // The report is made anew once, by the first read, before the others look for it.
  const [first, ...others] = calls;
  const ends: Array<[string, Tried]> = [];
  const read = async ([name, call]: [string, Call], ifExpired?: Call) => {
    const operation = parts[name] ?? prepared.operation;
    ends.push([name, await outcomeOf(run, { ...prepared, operation, call, ifExpired })]);
  };
  if (first && prepared.ifExpired) await read(first, prepared.ifExpired);
  const left = prepared.ifExpired ? others : calls;
  await Promise.all(left.map((one) => read(one)));
  return asOne(
    calls.map(([name]) => name),
    new Map(ends),
    parts,
    prepared.choice.form,
  );
}

function asOne(
  names: readonly string[],
  ends: ReadonlyMap<string, Tried>,
  parts: Parts,
  form: Prepared['choice']['form'],
): Tried {
  const answers: JsonObject = {};
  const errors: Record<string, Failure> = {};
  const attempts: Tried['attempts'] = [];
  let failed: Extract<Tried, { failure: Failure }> | undefined;
  for (const name of names) {
    const end = ends.get(name);
    if (!end) continue;
    attempts.push(...end.attempts);
    if ('failure' in end) {
      errors[name] = end.failure;
      failed ??= end;
    } else if ('json' in end) {
      const summary = parts[name]?.summary;
      answers[name] = form === 'simplified' && summary ? simplified(summary, end.json) : end.json;
    }
  }
  if (failed && Object.keys(answers).length === 0) return { ...failed, attempts };
  return { json: { ...answers, errors: errors as unknown as JsonValue }, attempts };
}
