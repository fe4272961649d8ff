import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withChecks } from './checks';
import { reference } from './reference';

const RELIABILITY = join(__dirname, 'reliability.md');

writeFileSync(join(__dirname, 'reference.md'), reference());
writeFileSync(RELIABILITY, withChecks(readFileSync(RELIABILITY, 'utf8')));
