import { join } from 'node:path';

import { nodeRequireSource } from '../process/nodeRequire';

/** Stands in for `sandbox/server` in tests (jest.config.js): the same code, loaded and compiled once for all test files. */
export = nodeRequireSource(join(__dirname, '../../../sandbox/server'));
