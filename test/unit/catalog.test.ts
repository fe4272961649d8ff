import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { withBilling } from '../../nodes/PlaidCheck/catalog/billing';
import { catalog, plaidResources } from '../../nodes/PlaidCheck/catalog';
import { operations, resources as allResources } from '../../nodes/PlaidCheck/catalog/operations';

const FOLDER = join(__dirname, '../../nodes/PlaidCheck/catalog');

/** The files of a catalog's endpoints, as <resource>/<operation>. */
const files = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .flatMap(({ name }) =>
    readdirSync(join(FOLDER, name))
      // The summary of an endpoint's answer stands beside it in a file of its own.
      .filter((file) => !file.endsWith('.summary.ts'))
      .map((file) => `${name}/${file.replace(/\.ts$/, '')}`),
  );

test('every endpoint file is listed in the index, under the resource and operation it is named after', () => {
  expect(catalog.map(({ resource, operation }) => `${resource}/${operation}`).sort()).toEqual(
    files.sort(),
  );
});

test('every endpoint belongs to a resource of the picker, and every resource has an endpoint', () => {
  const used = new Set<string>(catalog.map(({ resource }) => resource));
  expect([...used].sort()).toEqual(plaidResources.map(({ value }) => value).sort());
});

test('no two endpoints share a path or a place in the pickers', () => {
  const places = catalog.map(({ resource, operation }) => `${resource}/${operation}`);
  expect(new Set(places).size).toBe(catalog.length);
  expect(new Set(catalog.map(({ path }) => path)).size).toBe(catalog.length);
});

describe('when Plaid bills', () => {
  const LEGACY_READ =
    "Plaid bills each product once per report, when first read; a report's first read also bills the base report";

  test('every read of a product of a legacy report says the same, a full report too', () => {
    const reads = operations.filter(
      ({ resource, operation }) =>
        resource === 'checkReport' && operation !== 'create' && operation !== 'getPartnerInsights',
    );
    expect(reads.length).toBeGreaterThan(8);
    for (const read of reads) expect(withBilling(read).endsWith(`; ${LEGACY_READ}`)).toBe(true);
  });

  test('no text of an operation speaks of it beside the one that is derived', () => {
    for (const { description } of operations) {
      // What ends billing is another matter.
      expect(description.replace('and end their billing', '')).not.toMatch(/\bbill(s|ed)?\b/i);
    }
  });

  test('reading a legacy report again is free, so the node may do it by itself; only scores may not exist yet', () => {
    const read = operations.filter(({ billing, parts }) => billing === 'firstRead' && !parts);
    expect(read.map(({ howToVerify }) => howToVerify)).toEqual(read.map(() => null));
    const scores = operations.filter(({ billing }) => billing === 'scores');
    expect(scores.map(({ howToVerify }) => howToVerify)).toEqual([
      expect.stringContaining('Plaid bills scores once per report'),
    ]);
  });
});

describe('how to see whether a request went through', () => {
  const checks = operations.flatMap(({ resource, operation, howToVerify }) =>
    howToVerify === null ? [] : [{ name: `${resource}/${operation}`, howToVerify }],
  );

  test.each(checks)('$name: an instruction that other sentences can follow', ({ howToVerify }) => {
    expect(howToVerify).toMatch(/^(Check|If|Plaid has no|Retry:|Run|Wait) .*[^.]$/s);
    expect(howToVerify).not.toContain('\n');
  });

  test.each(checks)(
    '$name: names only operations that can be repeated without harm',
    ({ howToVerify }) => {
      const harmful = allResources.flatMap(({ value, name }) =>
        howToVerify
          .split(`${name}: `)
          .slice(1)
          .filter(
            (after) =>
              !operations.some(
                (one) =>
                  one.resource === value && one.howToVerify === null && after.startsWith(one.name),
              ),
          ),
      );
      expect(harmful).toEqual([]);
    },
  );
});
