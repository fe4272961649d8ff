/** The two workflows for batches with 1,000 reports in a real n8n, which restarts in between: some minutes. */
const { transform } = require('./jest.config');

module.exports = {
  // Only here does jest look for files: the installed n8n has too many.
  roots: ['<rootDir>/test/night'],
  testMatch: ['<rootDir>/test/night/**/*.test.ts'],
  testEnvironment: 'node',
  transform,
  maxWorkers: 1,
  testTimeout: 900_000,
  verbose: true,
};
