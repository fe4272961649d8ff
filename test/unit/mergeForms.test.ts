import fc from 'fast-check';
import { type IDisplayOptions, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { operations } from '../../nodes/PlaidCheck/catalog/operations';
import { inRectangles, type Place } from '../../nodes/PlaidCheck/catalog/shownFor';
import { operationFields } from '../../nodes/PlaidCheck/description';
import { type Form, mergeForms } from '../../nodes/PlaidCheck/description/merge';
import { PARAMETER } from '../../nodes/PlaidCheck/fields/names';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';

/*
 * A field that several operations have is one property. What a person sees for an operation is decided by n8n from the
 * conditions of the properties, so n8n decides here too.
 */

const PICKERS = [PARAMETER.resource, PARAMETER.operation].flatMap((name) => [name, `/${name}`]);

const isPicker = ([name]: [string, unknown]) => PICKERS.includes(name);

/** A condition in two: what it says of the pickers, and the rest. */
function parted({ show = {}, ...others }: IDisplayOptions) {
  const entries = Object.entries(show) as Array<[string, unknown]>;
  const rest = Object.fromEntries(entries.filter((entry) => !isPicker(entry)));
  return {
    ofPickers: { show: Object.fromEntries(entries.filter(isPicker)) } as IDisplayOptions,
    others: { ...others, ...(Object.keys(rest).length > 0 && { show: rest }) },
  };
}

/** The form of one operation as n8n shows it, without what the conditions say of the pickers. */
function formIn(properties: readonly INodeProperties[], { resource, operation }: Place) {
  const pickers = { resource, operation };
  const isShown = (field: INodeProperties, values: object) => {
    const { ofPickers } = parted(field.displayOptions ?? {});
    const asked = { ...field, displayOptions: ofPickers };
    return NodeHelpers.displayParameter({ ...values }, asked, null, null, pickers);
  };
  const plain = ({ displayOptions, ...field }: INodeProperties): object => {
    const { others } = parted(displayOptions ?? {});
    const members = field.type === 'collection' ? field.options : undefined;
    const shown = (members as INodeProperties[] | undefined)?.filter((one) => isShown(one, {}));
    return {
      ...field,
      ...(Object.keys(others).length > 0 && { displayOptions: others }),
      ...(shown && { options: shown.map(plain) }),
    };
  };
  return properties.filter((field) => isShown(field, pickers)).map(plain);
}

const { description } = new PlaidCheck();

/** The properties between the pickers and the options. */
const ofRequests = description.properties.slice(
  description.properties.findIndex(({ name }) => name === PARAMETER.specifyRequest) + 1,
  description.properties.findIndex(({ name }) => name === PARAMETER.options),
);

describe('the form of an operation', () => {
  test.each(operations.map((one) => [`${one.resource}.${one.operation}`, one] as const))(
    '%s has its own fields, in their order, each as it would be alone',
    (_, operation) => {
      const alone = operationFields(operation);
      expect(alone.length).toBeGreaterThan(0);
      expect(formIn(ofRequests, operation)).toEqual(formIn(alone, operation));
    },
  );

  test('control: another order, a changed text and a field too many are seen', () => {
    const [operation] = operations;
    if (!operation) throw new Error('There is no operation');
    const [first, second, ...others] = operationFields(operation);
    if (!first || !second) throw new Error('The operation has no two fields');
    const form = formIn(ofRequests, operation);
    expect(form).not.toEqual(formIn([second, first, ...others], operation));
    const changed = { ...first, description: 'Another text' };
    expect(form).not.toEqual(formIn([changed, second, ...others], operation));
    expect(form).not.toEqual(formIn([first, second, ...others, first], operation));
  });

  test('shares what it has in common with others', () => {
    const fields = operations.flatMap(operationFields);
    expect(ofRequests.length).toBeLessThan(fields.length / 2);
  });
});

describe('the description that n8n sends to the editor', () => {
  test('has at most 180 properties', () => {
    expect(description.properties.length).toBeLessThanOrEqual(180);
  });

  test('is at most 250 KB', () => {
    expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThanOrEqual(250_000);
  });
});

describe('forms of any kind', () => {
  const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
    displayName: name,
    name,
    type: 'string',
    default: '',
    ...more,
  });
  const collection = (...options: INodeProperties[]): INodeProperties =>
    text('more', { type: 'collection', default: {}, options });
  const place = (resource: string, operation: string): Place => ({ resource, operation });

  /** Fields of few names and texts, so that many are equal and many collide. */
  const field = fc
    .record({
      name: fc.constantFrom(...'abcd'),
      description: fc.constantFrom('one', 'other'),
      shown: fc.constantFrom<(IDisplayOptions | undefined)[]>(undefined, {
        show: { way: ['fields'] },
      }),
    })
    .map(({ name, description: said, shown }) =>
      text(name, { description: said, ...(shown && { displayOptions: shown }) }),
    );
  const members = fc
    .uniqueArray(field, { selector: ({ name }) => name, minLength: 1 })
    .map((fields) => [...fields].sort((one, other) => (one.name < other.name ? -1 : 1)));
  const fields = fc.uniqueArray(
    fc.oneof(
      field,
      members.map((some) => collection(...some)),
    ),
    {
      selector: ({ name }) => name,
    },
  );
  const places = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...'xyz'), fc.constantFrom('get', 'list', 'create')),
    { selector: String, minLength: 1 },
  );
  const forms: fc.Arbitrary<Form[]> = places.chain((some) =>
    fc
      .array(fields, { minLength: some.length, maxLength: some.length })
      .map((lists) =>
        some.map((one, index) => ({ place: place(...one), fields: lists[index] ?? [] })),
      ),
  );

  test('are shown as they were, whatever they have in common', () => {
    fc.assert(
      fc.property(forms, (some) => {
        const merged = mergeForms(some);
        for (const form of some) {
          expect(formIn(merged, form.place)).toEqual(formIn(form.fields, form.place));
        }
        expect(merged.length).toBeLessThanOrEqual(some.flatMap((form) => form.fields).length);
      }),
      { numRuns: 500 },
    );
  });

  test('with their equal fields in another order keep both orders', () => {
    const [a, b] = [text('a'), text('b')];
    const merged = mergeForms([
      { place: place('x', 'get'), fields: [a, b] },
      { place: place('x', 'list'), fields: [b, a] },
    ]);
    expect(merged).toHaveLength(3);
  });

  test('with members in common have one collection, whose other members have conditions', () => {
    const [a, b, c, d] = [text('a'), text('b'), text('c'), text('d')];
    expect(
      mergeForms([
        { place: place('x', 'get'), fields: [collection(a, b, c)] },
        { place: place('x', 'list'), fields: [collection(a, b, d)] },
      ]),
    ).toEqual([
      collection(
        a,
        b,
        { ...c, displayOptions: { show: { '/resource': ['x'], '/operation': ['get'] } } },
        { ...d, displayOptions: { show: { '/resource': ['x'], '/operation': ['list'] } } },
      ),
    ]);
  });

  test('with a collection in common that differs in a member have one, too', () => {
    const [a, b, c, d] = [text('a'), text('b'), text('c'), text('d')];
    const inner = (...options: INodeProperties[]) => ({ ...collection(...options), name: 'inner' });
    expect(
      mergeForms([
        { place: place('x', 'get'), fields: [collection(a, inner(b, c, d))] },
        { place: place('x', 'list'), fields: [collection(a, inner(b, c))] },
      ]),
    ).toEqual([
      collection(
        a,
        inner(b, c, {
          ...d,
          displayOptions: { show: { '/resource': ['x'], '/operation': ['get'] } },
        }),
      ),
    ]);
  });

  test.each([
    ['a single member, which n8n shows as a button', [text('a')]],
    ['another member of the same name', [text('a'), text('b', { default: 'other' })]],
  ])('with %s keep their collections', (_, others) => {
    const merged = mergeForms([
      { place: place('x', 'get'), fields: [collection(text('a'), text('b'))] },
      { place: place('x', 'list'), fields: [collection(...others)] },
    ]);
    expect(merged).toHaveLength(2);
  });

  test('are shown for no operation in between: each resource of a condition counts with each operation', () => {
    const all = [place('x', 'get'), place('x', 'list'), place('y', 'get'), place('y', 'list')];
    const [xGet, , , yList] = all;
    if (!xGet || !yList) throw new Error('There are no places');
    expect(inRectangles([xGet, yList], all)).toEqual([[xGet], [yList]]);
    expect(inRectangles(all, all)).toEqual([all]);
    expect(inRectangles([xGet, yList], [xGet, yList])).toEqual([[xGet, yList]]);
  });
});
