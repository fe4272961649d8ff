import type { JsonObject } from 'n8n-workflow';

import { checkNaming } from '../../../sandbox/oracle/identity';
import {
  invalidField,
  missingFields,
  unknownFields,
  type Violation,
} from '../../../sandbox/oracle/violations';
import type { Endpoint } from '../catalog/endpoint';
import { describeExpected } from '../fields/expectation';
import { formatPath, valueAt, type Path } from '../fields/path';
import { nameInApi } from '../fields/rules';

/** What is wrong with a request, as Plaid says it; null where nothing is. Its user may turn off the node's own validation. */
export function violationIn(
  { path, request, fields, identity, rules }: Endpoint,
  body: JsonObject,
): Violation | null {
  const issues = (request.safeParse(body).error?.issues ?? []).map((issue) => ({
    unknown: issue.code === 'unrecognized_keys' ? issue.keys : [],
    at: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
  }));
  const unknown = issues.flatMap(({ unknown: keys, at }) =>
    keys.map((key) => formatPath([...at, key])),
  );
  if (unknown.length > 0) return unknownFields(unknown);
  const isMissing = (at: Path) => at.length > 0 && valueAt(body, at) === undefined;
  const missing = issues.map(({ at }) => at).filter(isMissing);
  if (missing.length > 0) return missingFields([...new Set(missing.map(formatPath))]);
  const [invalid] = issues;
  if (invalid) {
    return invalidField(formatPath(invalid.at), `must be ${describeExpected(fields, invalid.at)}`);
  }
  const naming = checkNaming(path, identity, body);
  if (naming) return naming;
  const [problem] = rules.flatMap((rule) => rule(body));
  if (!problem) return null;
  const { text } = problem;
  return invalidField(
    formatPath(problem.path),
    typeof text === 'function' ? text(nameInApi) : text,
  );
}
