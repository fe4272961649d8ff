import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { responseFields } from '../../docs/responseFields';
import { RESPONSE_FIELDS } from '../../nodes/PlaidCheck/catalog/responseFields';
import { closestPath } from '../../nodes/PlaidCheck/options/responsePath';
import { SUMMARIES } from '../support/samples/summaries';

test('the fields of responses are what the SDK gives; run "npm run docs" when this fails', async () => {
  const file = join(__dirname, '../../nodes/PlaidCheck/catalog/responseFields.ts');
  const plain = (text: string) => text.replace(/\s/g, '');
  expect(plain(readFileSync(file, 'utf8'))).toBe(plain(await responseFields()));
  expect(Object.keys(RESPONSE_FIELDS).sort()).toEqual(Object.keys(SUMMARIES).sort());
});

/** A source of a fact as a path to one part: of a list, its first entry. */
const toOne = (source: string) => source.replace(/\[[^\]]*\]/g, '[0]');

test.each(Object.entries(SUMMARIES))(
  'every source of a fact of %s is a path of its response',
  (path, summary) => {
    for (const { name, sources, fromRequest } of summary) {
      expect([name, sources.length === 0]).toEqual([name, sources.length === 0 && !!fromRequest]);
      for (const source of sources) {
        expect([name, closestPath(path, toOne(source))]).toEqual([name, toOne(source)]);
      }
    }
  },
);
