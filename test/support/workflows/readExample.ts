import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowJson } from '../../../engine';

/** One of the project's examples by its file's name, without `.json`. */
export const readExample = (name: string): WorkflowJson =>
  JSON.parse(
    readFileSync(join(__dirname, '..', '..', '..', 'examples', `${name}.json`), 'utf8'),
  ) as WorkflowJson;
