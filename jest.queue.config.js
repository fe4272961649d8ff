/** Tests of the packed node in queue mode: Redis, Postgres and five processes of the real n8n. One test at a time. */
const { transform } = require('./jest.config');

module.exports = {
  // Only here does jest look for files: the installed n8n has too many.
  roots: ['<rootDir>/test/queue'],
  testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
  testEnvironment: 'node',
  transform,
  maxWorkers: 1,
  // Killed executions are given up within a minute.
  testTimeout: 180_000,
  verbose: true,
};
