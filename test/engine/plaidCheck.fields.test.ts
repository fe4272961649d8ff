import type { INodeProperties } from 'n8n-workflow';
import { loadOracle } from '../../sandbox/oracle';
import { plaidCheck } from '../support/workflows/builtNode';
import { choicesOf, type Wanted } from '../support/workflows/fillIn';
import {
  bodyWith,
  fullBody,
  knownFields,
  smallestBody,
  valuesOf,
} from '../support/sdk/pageRequests';
import { pages, sdkFields, type Page, type PageField } from '../support/sdk/referencePages';
import { byFields, CLIENT_ID, runPlaidCheck, SECRET } from '../support/workflows/runPlaidCheck';
import {
  answer,
  startScriptedServer,
  type Arrived,
  type ScriptedServer,
} from '../support/servers/scriptedServer';

/**
 * Every field and value of Plaid's four reference pages, and what the SDK has added since: set in
 * the editor's form, seen on the wire, and right in the eyes of the sandbox's oracle.
 */

let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => server.play(answer(200, { request_id: 'r1' })));

const shown = (value: unknown) => JSON.stringify(value);

/** One request with this value in this field. */
interface Row {
  field: PageField;
  value: unknown;
  title: string;
}

const rowsOf = (page: Page, fields: readonly PageField[]): Row[] =>
  fields.flatMap((field) =>
    field.header
      ? [{ field, value: undefined, title: `${field.path} as the header ${field.header}` }]
      : valuesOf(page, field).map((value) => ({
          field,
          value,
          title: `${field.path} = ${shown(value)}`,
        })),
  );

/** Fills the body into the form, runs the node, and expects just this body to arrive. */
async function expectToArrive({ endpoint }: Page, body: Wanted): Promise<Arrived> {
  const run = await runPlaidCheck(server, byFields(endpoint, body));
  expect(run.error?.message).toBeUndefined();
  expect(run.json).toMatchObject([{ request_id: 'r1' }]);
  const [request, ...more] = server.requests;
  if (!request) throw new Error('No request arrived');
  expect(more).toEqual([]);
  expect(request).toMatchObject({ method: 'POST', path: endpoint.path });
  expect(request.headers['content-type']).toBe('application/json');
  expect(request.json).toEqual(body);
  expect((await loadOracle()).checkRequest(endpoint.path, request.json)).toBeNull();
  return request;
}

function testRows(page: Page): void {
  test.each(rowsOf(page, page.fields))('$title', async ({ field, value }) => {
    const { header, path } = field;
    const body = header ? smallestBody(page) : bodyWith(page, field, value);
    const { headers, json } = await expectToArrive(page, body);
    if (!header) return;
    expect(headers[header]).toBe(path === 'client_id' ? CLIENT_ID : SECRET);
    expect(json).not.toHaveProperty(path);
  });
}

const count = (some: readonly Page[]) => {
  const fields = some.flatMap((page) => page.fields);
  const all = (pick: (field: PageField) => number) =>
    fields.reduce((sum, field) => sum + pick(field), 0);
  return {
    fields: fields.length,
    listedValues: all(({ type, values }) => (type === 'Boolean' ? 0 : values.length)),
    addedValues: all(({ since }) => since.length),
    nulls: all(({ values, since }) => [...values, ...since].filter((v) => v === null).length),
    requests: some.reduce((sum, page) => sum + rowsOf(page, page.fields).length, 0),
  };
};

describe.each(pages.map((page) => ({ page, path: page.endpoint.path, ...count([page]) })))(
  '$path: $fields fields of its page, $listedValues listed values, $addedValues added since',
  ({ page }) => testRows(page),
);

describe.each(sdkFields.map((page) => ({ page, path: page.endpoint.path, ...count([page]) })))(
  '$path: $fields fields added since, $addedValues values',
  ({ page }) => testRows(page),
);

test.each(pages.map((page) => ({ page, path: page.endpoint.path })))(
  '$path: every field there is, in one request',
  async ({ page }) => {
    await expectToArrive(page, fullBody(page));
  },
);

describe('the table', () => {
  test('is as long as the pages are', () => {
    expect(pages.map((page) => page.fields.length)).toEqual([8, 47, 36, 5]);
    expect(count(pages)).toEqual({
      fields: 96,
      listedValues: 84,
      addedValues: 31,
      nulls: 16,
      requests: 192,
    });
    expect(count(sdkFields)).toEqual({
      fields: 11,
      listedValues: 0,
      addedValues: 5,
      nulls: 1,
      requests: 26,
    });
  });

  type Endpoint = Page['endpoint'];

  /** Whether a member of a collection is shown for an operation; most are for all that have the collection. */
  const isShownFor = ({ displayOptions }: INodeProperties, { resource, operation }: Endpoint) => {
    const { '/resource': resources, '/operation': operations } = displayOptions?.show ?? {};
    return resources?.includes(resource) !== false && operations?.includes(operation) !== false;
  };

  /** Every field of an operation's form with its choices, by the path it has in the body. */
  function offered(
    property: INodeProperties,
    path: string,
    endpoint: Endpoint,
  ): Array<[string, unknown[]]> {
    const inside = (properties: INodeProperties[], prefix: string) =>
      properties
        .filter((inner) => isShownFor(inner, endpoint))
        .flatMap((inner) => {
          const inPath = inner.name === 'additionalFields' ? prefix : `${prefix}.${inner.name}`;
          return offered(inner, inPath, endpoint);
        });
    const { options = [] } = property;
    const own: Array<[string, unknown[]]> =
      property.name === 'additionalFields'
        ? []
        : [[path, choicesOf(property).map(({ value }) => (value === 'null' ? null : value))]];
    const inner = options.flatMap((option) => {
      if ('values' in option) return inside(option.values, path);
      return 'type' in option ? inside([option], path) : [];
    });
    return [...own, ...inner];
  }

  /** Fields of the node's own, which are no part of a request. */
  const OWN = 'operation jsonBody identifyUserBy output outputFacts outputPaths'.split(' ');

  test.each(pages.map((page) => ({ page, path: page.endpoint.path })))(
    'has every field and value that the form of $path offers, and no other',
    ({ page }) => {
      const { resource, operation } = page.endpoint;
      const form = plaidCheck.description.properties.filter(
        ({ displayOptions, type, name }) =>
          type !== 'notice' &&
          !OWN.includes(name) &&
          displayOptions?.show?.resource?.includes(resource) &&
          displayOptions.show.operation?.includes(operation),
      );
      const inForm = form.flatMap((property) =>
        offered(property, property.name === 'additionalFields' ? '' : property.name, page.endpoint),
      );
      const sorted = (values: readonly unknown[]) => values.map(String).sort();
      const tidy = (entries: Array<[string, readonly unknown[]]>) =>
        Object.fromEntries(
          entries.map(([path, values]) => [
            path.replace(/^\./, '').replaceAll('__', '.'),
            sorted(values),
          ]),
        );
      // The form shows the members of a required group, and not the group itself.
      const isRequiredGroup = ({ path, required, type }: PageField) =>
        required && type === 'Object' && path !== '';
      const inTable = knownFields(page)
        .filter((field) => !isRequiredGroup(field))
        .map((field): [string, unknown[]] => [
          field.path.replaceAll('[]', ''),
          field.type === 'Boolean' ? [] : [...field.values, ...field.since],
        ]);
      expect(tidy(inForm)).toEqual(tidy(inTable));
    },
  );
});
