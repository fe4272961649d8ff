import type { JsonObject } from 'n8n-workflow';

import {
  invalidField,
  missingFields,
  unknownFields,
  type Violation,
} from '../../../sandbox/oracle/violations';
import type { Endpoint } from '../catalog/endpoint';
import { describeExpected } from '../fields/expectation';
import { formatPath, valueAt, type Path } from '../fields/path';
import { exactlyOne, nameInApi } from '../fields/rules';

/** What is wrong with a request, as Plaid says it; null where nothing is. Its user may turn off the node's own validation. */
export function violationIn(
  { request, fields, identity, rules }: Endpoint,
  body: JsonObject,
): Violation | null {
  const issues = (request.safeParse(body).error?.issues ?? []).map((issue) => ({
    unknown: issue.code === 'unrecognized_keys' ? issue.keys : [],
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
  }));
  const unknown = issues.flatMap(({ unknown: keys, path }) =>
    keys.map((key) => formatPath([...path, key])),
  );
  if (unknown.length > 0) return unknownFields(unknown);
  const isMissing = (path: Path) => path.length > 0 && valueAt(body, path) === undefined;
  const missing = issues.map(({ path }) => path).filter(isMissing);
  const [first = 'user_id'] = identity;
  const isNobody = identity.length > 0 && identity.every((name) => body[name] === undefined);
  const names = [...missing.map(formatPath), ...(isNobody ? [first] : [])];
  if (names.length > 0) return missingFields([...new Set(names)]);
  const [invalid] = issues;
  if (invalid) {
    return invalidField(
      formatPath(invalid.path),
      `must be ${describeExpected(fields, invalid.path)}`,
    );
  }
  const oneUser = identity.length > 1 ? [exactlyOne(identity)] : [];
  const [problem] = [...oneUser, ...rules].flatMap((rule) => rule(body));
  if (!problem) return null;
  const { path, text } = problem;
  return invalidField(formatPath(path), typeof text === 'function' ? text(nameInApi) : text);
}
