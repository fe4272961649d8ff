import { RESPONSE_FIELDS } from '../catalog/responseFields';
import { closestName } from '../fields/check';

/** A place in a response. */
interface Place {
  isList: boolean;
  /** What stands in it, or in an entry of it, by name */
  members: Map<string, Place>;
  /** Set if the names in it are of Plaid's choosing, such as those of a model's attributes */
  hasAnyNames: boolean;
}

/**
 * The path of a response that is closest to a given one, which is that itself if the response can have it; undefined for
 * an endpoint whose fields are not known. Of a list, one entry is meant: `report.items[0].accounts`.
 */
export function closestPath(endpointPath: string, path: string): string | undefined {
  const root = responseOf(endpointPath);
  if (!root) return undefined;
  let place = root;
  let closest = '';
  let isEntry = true;
  const steps = stepsOf(path);
  for (const step of steps) {
    if (step.isIndex && place.isList && !isEntry) {
      closest += `[${step.name === '' ? '0' : step.name}]`;
      isEntry = true;
      continue;
    }
    if (step.isIndex || (place.members.size === 0 && !place.hasAnyNames)) continue;
    for (const name of namesTo(place, step.name)) {
      if (!isEntry) closest += '[0]';
      closest += closest === '' ? name : `.${name}`;
      place = place.members.get(name) ?? VALUE;
      isEntry = !place.isList;
    }
  }
  return closest;
}

/** Whether a path is written as `closestPath` writes it; an index may stand behind a dot as well. */
export const isSamePath = (path: string, closest: string) =>
  path.replace(/\.(\d+)(?=$|[.[])/g, '[$1]') === closest;

const VALUE: Place = { isList: false, members: new Map(), hasAnyNames: false };

/** The names that lead to a name from a place: that itself, it below another one that was left out, or the closest one. */
function namesTo({ members, hasAnyNames }: Place, name: string): string[] {
  if (hasAnyNames || members.has(name)) return [name];
  const leftOut = [...members].find(([, place]) => place.members.has(name));
  if (leftOut) return [leftOut[0], name];
  return [closestName(name, [...members.keys()], Infinity) ?? name];
}

interface Step {
  name: string;
  isIndex: boolean;
}

const stepsOf = (path: string): Step[] =>
  [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inBrackets]) => {
    const name = inBrackets ?? whole;
    return { name, isIndex: /^\d*$/.test(name) };
  });

const known = new Map<string, Place>();

/** Reads the fields of a response once. */
function responseOf(endpointPath: string): Place | undefined {
  const fields = RESPONSE_FIELDS[endpointPath];
  if (fields === undefined) return undefined;
  const root = known.get(endpointPath) ?? readFields(fields);
  known.set(endpointPath, root);
  return root;
}

/** Reads fields as docs/responseFields.ts writes them. */
function readFields(fields: string): Place {
  const root: Place = { isList: false, members: new Map(), hasAnyNames: false };
  const open = [root];
  let last = root;
  for (const [token] of fields.matchAll(/[{}*]|[^{}*,[\]]+(\[\])?/g)) {
    if (token === '{') open.push(last);
    else if (token === '}') open.pop();
    else if (token === '*') last.hasAnyNames = true;
    else {
      last = { isList: token.endsWith('[]'), members: new Map(), hasAnyNames: false };
      open.at(-1)?.members.set(token.replace('[]', ''), last);
    }
  }
  return root;
}
