import fc from 'fast-check';
import type { INodeParameters, JsonObject } from 'n8n-workflow';

import { catalog } from '../../nodes/PlaidCheck/catalog';
import { formatProblem, findProblems } from '../../nodes/PlaidCheck/fields/check';
import { readRequest, type ReadParameter } from '../../nodes/PlaidCheck/fields/request';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';
import { expectEqual } from '../support/process/expectEqual';
import { fillIn } from '../support/workflows/fillIn';
import { damagesOf } from './support/damage';
import { validRequest } from './support/validRequest';

const { properties } = new PlaidCheck().description;

const IN_UTC = { timezone: 'UTC' };

/** As n8n does it: what the user left alone has the default of the property that is shown for the operation. */
function readerOf(parameters: INodeParameters): ReadParameter {
  const isShown = ({ displayOptions }: (typeof properties)[number]) =>
    Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
      (values as unknown[]).includes(readerOf(parameters)(name)),
    );
  return (name) =>
    parameters[name] ??
    properties.find((one) => one.name === name && isShown(one))?.default ??
    null;
}

describe.each(catalog.map((endpoint) => [endpoint.path, endpoint] as const))(
  '%s',
  (_path, endpoint) => {
    const { resource, operation, fields } = endpoint;

    test('any valid request filled into the form is read back unchanged', () => {
      fc.assert(
        fc.property(validRequest(endpoint), (body) => {
          const parameters = fillIn(properties, resource, operation, body);
          expectEqual(readRequest(endpoint, readerOf(parameters), IN_UTC), { body });
        }),
        { numRuns: 300 },
      );
    });

    test('any valid request given as JSON, as text or as an object, is read unchanged', () => {
      fc.assert(
        fc.property(validRequest(endpoint), fc.boolean(), (body, asText) => {
          const jsonBody = (asText ? JSON.stringify(body) : body) as INodeParameters;
          const read = readerOf({ resource, operation, specifyRequest: 'json', jsonBody });
          expectEqual(readRequest(endpoint, read, IN_UTC), { body });
        }),
        { numRuns: 100 },
      );
    });

    test('whole numbers that arrive as text are numbers in the request', () => {
      fc.assert(
        fc.property(validRequest(endpoint), (body) => {
          const jsonBody = numbersAsText(body) as INodeParameters;
          const read = readerOf({ resource, operation, specifyRequest: 'json', jsonBody });
          expectEqual(readRequest(endpoint, read, IN_UTC), { body });
        }),
        { numRuns: 100 },
      );
    });

    test('any damage to a valid request is refused and its path named', () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(validRequest(endpoint), fc.nat(), (body, pick) => {
          expectEqual(findProblems(endpoint, body), []);
          const damages = damagesOf(fields, body);
          const damage = damages[pick % damages.length];
          if (!damage) throw new Error('There is always a damage to do');
          seen.add(damage.what);
          const lines = findProblems(endpoint, damage.body()).map(formatProblem);
          const named = startingWith(damage.path);
          if (!lines.some((line) => named.test(line)))
            expect(lines).toContainEqual(expect.stringMatching(named));
        }),
        { numRuns: 500 },
      );
      expect(seen.size).toBeGreaterThanOrEqual(5);
    });
  },
);

const startingWith = (path: string) => new RegExp(`^${path.replace(/[.[\]]/g, '\\$&')}: .`);

/** Every number of the body as the text a spreadsheet or a form would give. */
function numbersAsText(body: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(body, (_key, value: unknown) =>
      typeof value === 'number' ? String(value) : value,
    ),
  );
}
