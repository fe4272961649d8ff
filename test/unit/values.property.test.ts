import fc from 'fast-check';
import {
  NodeHelpers,
  type INode,
  type INodeParameters,
  type JsonObject,
  type JsonValue,
} from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { formatProblem } from '../../nodes/PlaidCheck/fields/check';
import { formatPath } from '../../nodes/PlaidCheck/fields/path';
import { readRequest, type RequestResult } from '../../nodes/PlaidCheck/fields/request';
import { isDeepEqual } from '../../nodes/PlaidCheck/utils/json';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';
import { fillIn } from '../support/workflows/fillIn';
import {
  isInForm,
  oddShapesOf,
  placesOf,
  storedPath,
  withValue,
  type OddShape,
  type Place,
} from './support/oddShapes';
import { validRequest } from './support/validRequest';

/**
 * Every parameter of every operation, in every odd shape: the request is the same as with the plain value, or an error
 * names the field. `FUZZ_SEED=…` repeats a run.
 */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Random requests per endpoint, each with every odd shape of every value in it. */
const REQUESTS = 4;

const { description } = new PlaidCheck();

beforeAll(() => console.info(`Odd values from FUZZ_SEED=${SEED}`));

/** The parameters that reach the node: n8n adds defaults, and drops what has no place in the form. */
function throughN8n(parameters: INodeParameters): INodeParameters {
  const node = { typeVersion: 1, parameters } as INode;
  return NodeHelpers.getNodeParameters(
    description.properties,
    parameters,
    true,
    false,
    node,
    description,
  ) as INodeParameters;
}

const read = (endpoint: Endpoint, parameters: INodeParameters) =>
  readRequest(endpoint, (name) => parameters[name] ?? null, { timezone: 'America/New_York' });

type Mode = 'fields' | 'JSON';

/** Reads the request with an odd value in one place, as the editor's fields or JSON. */
function readWith(endpoint: Endpoint, body: JsonObject, place: Place, odd: unknown, mode: Mode) {
  const { resource, operation } = endpoint;
  if (mode === 'JSON') {
    const jsonBody = withValue(body, place.path, odd) as INodeParameters;
    return read(endpoint, { resource, operation, specifyRequest: 'json', jsonBody });
  }
  const { filled, asRead } = formOf(endpoint, body);
  // A collection's expression is not among its values: n8n drops it before this point.
  return read(endpoint, withValue(asRead, storedPath(filled, place.path), odd));
}

/** A request as filled into the form, and as n8n gives it to the node: the same for all odd values of a request. */
function formOf(endpoint: Endpoint, body: JsonObject) {
  const known = forms.get(body);
  if (known) return known;
  const { resource, operation } = endpoint;
  const filled = fillIn(description.properties, resource, operation, body);
  const form = { filled, asRead: throughN8n(filled) };
  forms.set(body, form);
  return form;
}

const forms = new WeakMap<JsonObject, { filled: INodeParameters; asRead: INodeParameters }>();

/** Whether an optional value that is blank is left out, which is the rule for values that select nothing; in JSON, null is none. */
function mayBeLeftOut({ field }: Place, { value }: OddShape, mode: Mode): boolean {
  const { required, label, content } = field;
  if (required || label.neverBlank === true) return false;
  const isBlank = (one: unknown) =>
    (one === null && mode === 'fields') || (typeof one === 'string' && !one.trim());
  if (['choices', 'textList'].includes(content.kind))
    return mode === 'fields' && [value].flat().every(isBlank);
  return !['idList', 'group', 'groupList'].includes(content.kind) && isBlank(value);
}

/** In the editor's fields JSON null is the choice "null"; null itself is blank. */
const withoutNulls = (body: JsonObject): JsonObject =>
  JSON.parse(
    JSON.stringify(body, (_key, value: unknown) => (value === null ? undefined : value)),
  ) as JsonObject;

/** What is wrong with a result; undefined if it is as it should be. */
function faultOf(
  result: RequestResult,
  body: JsonObject,
  place: Place,
  odd: OddShape,
  mode: Mode,
): string | undefined {
  const name = String([...place.path].reverse().find((key) => typeof key === 'string'));
  if ('problems' in result) {
    const lines = result.problems.map(formatProblem);
    // A group whose only value is blank is named instead of that value.
    // In a list, it is the list that is named.
    const holder = place.path.slice(0, -1);
    const group = formatPath(typeof holder.at(-1) === 'number' ? holder.slice(0, -1) : holder);
    const isNamed = (line: string) =>
      line.includes(name) ||
      line.includes(place.field.label.name) ||
      (group !== '' && /^(\[\d+\])?: /.test(line.slice(group.length)) && line.startsWith(group));
    return lines.some(isNamed) ? undefined : `no line names ${name}: ${lines}`;
  }
  const { kind } = place.field.content;
  const sent = withoutNulls(result.body);
  const same = (value: unknown) =>
    isDeepEqual(sent, withoutNulls(withValue(body, place.path, value as JsonValue)));
  // Another valid value is sent as that value, a number for an ID as text, and nothing for a switch as false.
  const meant = [place.value, odd.value, String(odd.value).trim()];
  if (kind === 'choices' || kind === 'textList' || kind === 'idList') {
    meant.push([odd.value].flat(2), [odd.value]);
  }
  if (place.field.label.format === 'json') meant.push(JSON.stringify(odd.value));
  if (kind === 'toggle' && !odd.value) meant.push(false);
  if (kind === 'toggle' && String(odd.value).trim() === '') meant.push(false);
  if (kind === 'dateTime' && odd.value instanceof Date) meant.push(odd.value.toISOString());
  if (meant.some(same)) return undefined;
  if (mayBeLeftOut(place, odd, mode) && same(undefined)) return undefined;
  return `sent ${JSON.stringify(result.body)}`;
}

describe.each(catalog.map((endpoint) => [endpoint.path, endpoint] as const))(
  '%s',
  (_path, endpoint: Endpoint) => {
    const requests = fc.sample(validRequest(endpoint), { numRuns: REQUESTS, seed: SEED });

    test.each<Mode>(['fields', 'JSON'])('odd values by %s', (mode) => {
      const faults = requests.flatMap((body) =>
        placesOf(endpoint.fields, body)
          .filter((place) => mode === 'JSON' || isInForm(place))
          .flatMap((place) =>
            oddShapesOf(place).flatMap((odd) => {
              const fault = faultOf(
                readWith(endpoint, body, place, odd.value, mode),
                body,
                place,
                odd,
                mode,
              );
              return fault ? [`${place.path.join('.')} as ${odd.what}: ${fault}`] : [];
            }),
          ),
      );
      expect(faults.slice(0, 5)).toEqual([]);
    });

    test('groups and lists in another shape than that of the form', () => {
      const faults = requests.flatMap((body) =>
        placesOf(endpoint.fields, body)
          .filter(isInForm)
          .filter(({ field }) => ['group', 'groupList', 'idList'].includes(field.content.kind))
          .flatMap((place) => shapesOfGroup(endpoint, body, place)),
      );
      expect(faults.slice(0, 5)).toEqual([]);
    });
  },
);

/** A group or list without n8n's wrapper, and as one expression, which n8n may empty. */
function shapesOfGroup(endpoint: Endpoint, body: JsonObject, place: Place): string[] {
  const { filled } = formOf(endpoint, body);
  const path = storedPath(filled, place.path);
  return [
    plainShape(place),
    { what: 'one expression', value: '={{ $json.odd }}', source: '' },
    { what: 'nothing', value: {}, source: '' },
  ].flatMap((odd) => {
    const result = read(endpoint, throughN8n(withValue(filled, path, odd.value)));
    // A group whose fields are all optional may be empty: the form allows that.
    const emptied = { ...odd, value: {} };
    const fault = faultOf(result, body, place, emptied, 'fields');
    return fault ? [`${place.path.join('.')} as ${odd.what}: ${fault}`] : [];
  });
}

const plainShape = ({ value }: Place): OddShape => ({ what: 'without wrapper', value, source: '' });
