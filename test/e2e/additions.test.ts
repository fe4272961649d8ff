import type { INodeProperties } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import { operations, type Operation } from '../../nodes/PlaidCheck/catalog/operations';
import { PARAMETER } from '../../nodes/PlaidCheck/fields/names';
import { PlaidCheck } from '../../nodes/PlaidCheck/PlaidCheck.node';
import { openPage } from './support/browser';
import { executeStep, outputPanel, shownOutput } from './support/execution';
import { addEntry, addField, fill, groups, toggle } from './support/parameters';
import { editor } from './support/shared';
import { openPlaidCheck } from './support/workflows';

/** What a person adds to the form does what its name says from then on, and stays when more is added. */

const { properties } = new PlaidCheck().description;

const USER = 'usr_demo_mei_lin';

let page: Page;

beforeEach(async () => {
  editor().sandbox.reset();
  page = await openPage({ viewport: { width: 1440, height: 900 } });
});

afterEach(() => page.context().close());

const received = () => editor().sandbox.requests.map(({ path, json }) => ({ path, json }));

const options = () => groups(page, 'Options').last();

describe('every pair of optional groups stays', () => {
  /** A group in the menu of a collection. */
  interface Group {
    name: string;
    /** The headings of the collections around it, outermost first */
    within: readonly string[];
    /** The group that has to be added first */
    inside?: Group;
    /** Whether it is alone in its collection, which then has a button instead of a menu */
    isAlone: boolean;
  }

  /** All groups that a person can add, each before those that can be added within it. */
  function groupsIn(
    fields: readonly INodeProperties[],
    within: readonly string[] = [],
    inside?: Group,
  ): Group[] {
    return fields.flatMap(({ type, displayName, options: entries = [] }) => {
      if (type !== 'collection') {
        return entries.flatMap((entry) =>
          'values' in entry ? groupsIn(entry.values, within, inside) : [],
        );
      }
      const around = [...within, displayName];
      return entries.flatMap((entry) => {
        if (!('type' in entry) || !/^(fixedC|c)ollection$/.test(entry.type)) return [];
        const isAlone = entries.length === 1;
        const group: Group = { name: entry.displayName, within: around, inside, isAlone };
        return [group, ...groupsIn([entry], around, group)];
      });
    });
  }

  /** The form of an operation: the fields of its own, and the options that it has. */
  function groupsOf({ resource, operation }: Operation): Group[] {
    const isShown = ({ displayOptions }: INodeProperties) =>
      [resource, operation].every((value, index) => {
        const name = index === 0 ? PARAMETER.resource : PARAMETER.operation;
        const values = displayOptions?.show?.[name] ?? displayOptions?.show?.[`/${name}`];
        return !values || values.includes(value);
      });
    const shown = properties.filter(isShown).map((field) => ({
      ...field,
      ...(field.type === 'collection' && {
        options: field.options?.filter((entry) => 'type' in entry && isShown(entry)),
      }),
    }));
    return groupsIn(shown);
  }

  const collectionOf = (all: readonly Group[], { within }: Group) =>
    all.filter((other) => String(other.within) === String(within));

  /**
   * The groups to add for each operation, so that every collection of several is filled once: many operations have the
   * same one, above all the options.
   */
  function groupsToAdd(): { operation: Operation; groups: Group[] }[] {
    const filled = new Set<string>();
    return operations.flatMap((operation) => {
      const all = groupsOf(operation);
      const collections = all
        .map((group) => collectionOf(all, group))
        .filter((one) => one.length > 1 && !filled.has(JSON.stringify(one)));
      collections.forEach((one) => filled.add(JSON.stringify(one)));
      const needed = new Set(collections.flat());
      for (const group of needed) if (group.inside) needed.add(group.inside);
      const groups = all.filter((group) => needed.has(group));
      return groups.length === 0 ? [] : [{ operation, groups }];
    });
  }

  const toAdd = groupsToAdd();

  function collection([outermost = '', ...inner]: readonly string[]): Locator {
    // Some operations have a group of the same name as the node's options, which are the last.
    const first = outermost === 'Options' ? options() : groups(page, outermost).first();
    return inner.reduce((around, heading) => groups(around, heading).first(), first);
  }

  async function add({ name, within, isAlone }: Group): Promise<void> {
    const parent = collection(within);
    if (isAlone) await parent.getByTestId('collection-parameter-add').last().click();
    else await addField(parent, name);
    await groups(parent, name).first().waitFor();
  }

  /** The last one first, but each group still before those within it. */
  function backwards(all: readonly Group[]): Group[] {
    const depths = [...new Set(all.map(({ within }) => within.length))].sort((a, b) => a - b);
    return depths.flatMap((depth) => all.filter(({ within }) => within.length === depth).reverse());
  }

  it('control: the groups are found at every depth', () => {
    const create = toAdd.find(({ operation }) => operation.path === '/cra/check_report/create');
    const paths = create?.groups.map(({ within, name }) => [...within, name].join(' > '));
    expect(paths).toEqual(
      expect.arrayContaining([
        'Additional Fields > Partner Insights > FICO',
        'Additional Fields > Base Report',
        'Options > Retry',
      ]),
    );
    expect(toAdd.flatMap(({ groups }) => groups).length).toBeGreaterThan(60);
  });

  describe.each([
    ['from the first to the last', (all: readonly Group[]) => all],
    ['from the last to the first', backwards],
  ])('%s', (_, inOrder) => {
    it.each(
      toAdd.map(
        ({ operation, groups }) => [operation.resource, operation.operation, groups] as const,
      ),
    )(
      '%s: %s',
      async (resource, operation, all) => {
        await openPlaidCheck(page, { resource, operation });
        for (const group of inOrder(all)) await add(group);
        const gone: string[] = [];
        for (const { within, name } of all) {
          if ((await groups(collection(within), name).count()) === 0) gone.push(name);
        }
        expect(gone).toEqual([]);
      },
      600_000,
    );
  });
});

describe('an option does what its name says once it is added', () => {
  const CREATE = {
    consumer_report_permissible_purpose: 'EXTENSION_OF_CREDIT',
    webhook: 'https://example.com/plaid',
    user_id: USER,
  };
  const PRODUCTS = {
    values: [{ product: { __rl: true, mode: 'id', value: 'cra_base_report' }, version: 'V1' }],
  };

  it.each([
    { resource: 'checkReport', operation: 'create', ...CREATE },
    {
      resource: 'report',
      operation: 'create',
      ...CREATE,
      products: PRODUCTS,
      decision_stage: 'DECISIONING',
    },
    {
      resource: 'servicing',
      operation: 'createSubscription',
      user_id: USER,
      scope: 'CLIENT_USER',
      products: { values: [{ product: 'cra_base_report', version: 'V1' }] },
    },
    { resource: 'user', operation: 'remove', user_id: USER },
  ])('Preview Request sends nothing: $resource: $operation', async (parameters) => {
    await openPlaidCheck(page, parameters);
    await addField(options(), 'Preview Request');
    await executeStep(page);
    expect(received()).toEqual([]);
  });

  it('Preview Request shows the request, and switched off it sends it', async () => {
    await openPlaidCheck(page, { resource: 'checkReport', operation: 'create', ...CREATE });
    await addField(options(), 'Preview Request');
    await executeStep(page);
    expect(await shownOutput(page)).toMatchObject([{ body: CREATE }]);
    expect(received()).toEqual([]);
    await toggle(page, 'options.previewRequest');
    await executeStep(page);
    expect(received()).toMatchObject([{ path: '/cra/check_report/create', json: CREATE }]);
  });

  const ITEMS = { resource: 'user', operation: 'getItems', user_id: USER };

  it('Include Attempts adds them to the output', async () => {
    await openPlaidCheck(page, ITEMS);
    await addField(options(), 'Include Attempts');
    await executeStep(page);
    expect(await shownOutput(page)).toMatchObject([{ attempts: [{ http_status: 200 }] }]);
  });

  it('Split Into Items makes an item of each entry', async () => {
    await openPlaidCheck(page, ITEMS);
    await executeStep(page);
    const [whole] = (await shownOutput(page)) as [{ items: object[] }];
    await addField(options(), 'Split Into Items');
    await executeStep(page);
    const request_id = editor().sandbox.requests[1]?.requestId;
    expect(await shownOutput(page)).toEqual(
      whole.items.map((item) => ({ ...item, request_id, user_id: USER })),
    );
  });

  it('Required Facts without a fact lets nothing through', async () => {
    await openPlaidCheck(page, {
      resource: 'checkReport',
      operation: 'getBaseReport',
      user_id: USER,
    });
    await addField(options(), 'Required Facts');
    await executeStep(page);
    await outputPanel(page).getByTestId('node-error-message').waitFor();
    expect(received()).toEqual([]);
  });
});

describe('a list of groups', () => {
  it('is in the form from the start, says nothing until it has an entry, and can be emptied again', async () => {
    await openPlaidCheck(page, {
      resource: 'user',
      operation: 'create',
      client_user_id: 'applicant-78',
    });
    await addField(groups(page, 'Additional Fields').first(), 'Identity');
    const identity = groups(page, 'Identity').first();
    const emails = groups(identity, 'Emails');
    await addEntry(emails);
    await addEntry(groups(identity, 'Phone Numbers'));
    await addEntry(groups(identity, 'Addresses'));
    const values = 'additionalFields.identity.values';
    await fill(page, `${values}.emails.values[0].data`, 'ada@example.com');
    await fill(page, `${values}.phone_numbers.values[0].data`, '+14155550123');
    await fill(page, `${values}.addresses.values[0].street_1`, '1 Main Street');
    await fill(page, `${values}.addresses.values[0].city`, 'Austin');
    await fill(page, `${values}.addresses.values[0].region`, 'TX');
    await fill(page, `${values}.addresses.values[0].postal_code`, '78701');
    await executeStep(page);
    const email = { data: 'ada@example.com', primary: true };
    const others = {
      phone_numbers: [{ data: '+14155550123', primary: true }],
      addresses: [
        {
          street_1: '1 Main Street',
          city: 'Austin',
          region: 'TX',
          postal_code: '78701',
          country: 'US',
          primary: true,
        },
      ],
    };
    expect(received()).toEqual([
      {
        path: '/user/create',
        json: { client_user_id: 'applicant-78', identity: { emails: [email], ...others } },
      },
    ]);

    await emails.hover();
    await emails.getByTestId('fixed-collection-delete').click();
    await executeStep(page);
    expect(received()[1]).toEqual({
      path: '/user/create',
      json: { client_user_id: 'applicant-78', identity: others },
    });
  });
});
