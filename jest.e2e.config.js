/** Tests of the packed node in a real n8n, driven through a browser: one n8n for all of them, one test at a time. */
const { transform } = require('./jest.config');

module.exports = {
  // Only here does jest look for files: the installed n8n has too many.
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testEnvironment: '<rootDir>/test/e2e/support/environment.ts',
  globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
  transform,
  maxWorkers: 1,
  testTimeout: 180_000,
  verbose: true,
};
