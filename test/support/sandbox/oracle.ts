import { join } from 'node:path';

import { nodeRequireSource } from '../process/nodeRequire';

/** Stands in for `sandbox/oracle` in tests (jest.config.js): one oracle, with its compiled schemas, for all test files. */
export = nodeRequireSource(join(__dirname, '../../../sandbox/oracle'));
