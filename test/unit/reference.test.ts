import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { reference } from '../../docs/reference';

test('docs/reference.md is what the catalog gives; run "npm run docs" when this fails', () => {
  const written = readFileSync(join(__dirname, '../../docs/reference.md'), 'utf8');
  expect(written).toBe(reference());
});
