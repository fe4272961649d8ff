/** Tests of the packed node in queue mode: Redis, Postgres and five processes of the real n8n. One test at a time. */
const { transform } = require('./jest.config');

module.exports = {
  // Only here does jest look for files: the installed n8n has too many.
  roots: ['<rootDir>/test/queue'],
  testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
  testEnvironment: 'node',
  transform,
  maxWorkers: 1,
  // n8n gives up a killed worker after a minute.
  testTimeout: 300_000,
  verbose: true,
};
