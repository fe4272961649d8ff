import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { extractFromAICalls } from 'n8n-workflow';

import { withBothApis } from '../../docs/bothApis';
import { withChecks } from '../../docs/checks';
import { agentExpressions } from '../../docs/expressions';
import { withDemoPersonas, withLogins, withPersonas } from '../../docs/personas';
import { reference } from '../../docs/reference';
import { catalog } from '../../nodes/PlaidCheck/catalog';
import type { Endpoint } from '../../nodes/PlaidCheck/catalog/endpoint';
import { exampleBody } from '../../nodes/PlaidCheck/fields/form';
import { DEMO_USERS, DISCONNECTED_USER, PERSONAS } from '../../sandbox/server';

const documentAt = (name: string) => readFileSync(join(__dirname, '../../docs', name), 'utf8');

test('docs/reference.md is what the catalog gives; run "npm run docs" when this fails', () => {
  expect(documentAt('reference.md')).toBe(reference());
});

test('docs/agent-expressions.md is what the catalog gives, and n8n reads each expression as it is meant', () => {
  const written = documentAt('agent-expressions.md');
  expect(written).toBe(agentExpressions());
  const rows = [...written.matchAll(/^\| .* \| `\{\{ (\$fromAI\(.*\)) \}\}` \| .* \|$/gm)];
  expect(rows.length).toBeGreaterThan(150);
  for (const [, expression = ''] of rows) {
    const calls = extractFromAICalls(expression.replaceAll('\\|', '|'));
    expect(calls).toEqual([
      {
        defaultValue: undefined,
        key: expect.stringMatching(/^[\w-]{1,64}$/),
        description: expect.stringMatching(/^[A-Z\d].{5,}/),
        type: expect.stringMatching(/^(string|number|boolean|json)$/),
      },
    ]);
  }
});

test('docs/reliability.md tells how to see what went through as the catalog does; run "npm run docs" when this fails', () => {
  const written = documentAt('reliability.md');
  expect(written).toContain(
    '| Check Report (Legacy API): Create | Wait a minute, then run Check Report (Legacy API): Get Base Report. ',
  );
  expect(written).toBe(withChecks(written));
  expect(
    withChecks(
      written.replace(
        '| Check Report (Legacy API): Create |',
        '| Check Report (Legacy API): Read |',
      ),
    ),
  ).toBe(written);
});

test('docs/stand-in.md lists all applicants of the stand-in; run "npm run docs" when this fails', () => {
  const written = documentAt('stand-in.md');
  expect(written).toBe(withLogins(withPersonas(written)));
  const readme = documentAt('../README.md');
  expect(readme).toBe(withDemoPersonas(withLogins(readme)));
  for (const { user_id } of [...DEMO_USERS, DISCONNECTED_USER, ...PERSONAS]) {
    expect(written).toContain(`\`${user_id}\``);
  }
});

test('docs/both-apis.md lists the facts of the catalog; run "npm run docs" when this fails', () => {
  const written = documentAt('both-apis.md');
  expect(written).toBe(withBothApis(written));
});

test('every fact and column of a simplified output stands with its operation', () => {
  const endpoints: readonly Endpoint[] = catalog;
  const sections = reference().split('\n## ');
  const missing = endpoints.flatMap(({ path, summary = [] }) => {
    const section = sections.find((text) => text.includes(`\`POST ${path}\``)) ?? '';
    return summary
      .flatMap(({ name, description, columns = {} }) => [
        `| \`${name}\` |`,
        description,
        ...Object.keys(columns),
      ])
      .filter((text) => !section.includes(text))
      .map((text) => `${path}: ${text}`);
  });
  expect(missing).toEqual([]);
});

test('IDs that a form lists are plain texts in the JSON to start from', () => {
  const bodies: object[] = catalog.map(exampleBody);
  const at = (path: string) => bodies[catalog.findIndex((endpoint) => endpoint.path === path)];
  expect(at('/cra/servicing/subscription/get')).toEqual({ subscription_id: '' });
  expect(at('/user/items/remove')).toEqual({ user_id: '', item_ids: [] });
  expect(JSON.stringify(bodies)).not.toMatch(/"(mode|values|__rl)":/);
});
