import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { outputSchemas } from './outputSchemas';

/** Part of the build: writes the output schemas to the folder that the first argument names. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: buildSchemas.ts <folder>');

void outputSchemas().then((schemas) => {
  for (const [name, schema] of schemas) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(schema));
  }
});
