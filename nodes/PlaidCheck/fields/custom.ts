import type { JsonObject } from 'n8n-workflow';

import type { Contract } from './check';
import { PARAMETER } from './names';
import { readRequest, type ReadParameter } from './request';
import type { Problem } from './rules';

/** A request to any endpoint, as the user wrote it. */
export type CustomRequest =
  { path: `/${string}`; body: JsonObject; howToCheck: string | null } | { problems: Problem[] };

/** Reads path and JSON of a custom call; of both, only what could do harm is refused. */
export function customRequest(
  contract: Contract & { howToCheck: string | null },
  read: ReadParameter,
): CustomRequest {
  const path = String(read(PARAMETER.customPath) ?? '').trim();
  const request = readRequest(contract, (name) => {
    if (name === PARAMETER.specifyRequest) return 'json';
    return read(name === PARAMETER.jsonBody ? PARAMETER.customBody : name);
  });
  const problems = [
    ...(isPath(path) ? [] : [{ path: ['Path'], text: NO_PATH }]),
    ...('problems' in request ? request.problems : []),
  ];
  if ('problems' in request || !isPath(path)) return { problems };
  const howToCheck = read(PARAMETER.customRepeatable) === true ? null : contract.howToCheck;
  return { path, body: request.body, howToCheck };
}

const NO_PATH =
  'expected the path of an endpoint, such as /institutions/get_by_id: a slash, then letters, digits, _ and - with single slashes between them';

/** Nothing that could lead to another host, to another folder of it, or into its query. */
const isPath = (path: string): path is `/${string}` => /^(\/[\w-]+)+$/.test(path);
