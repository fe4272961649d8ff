/** The tests of test/compat alone, which test/compat/main.ts runs with the engines of several releases of n8n. */
const { transform, testEnvironment, testTimeout } = require('./jest.config');

module.exports = {
  roots: ['<rootDir>/test/compat'],
  testMatch: ['<rootDir>/test/compat/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.editor/', '<rootDir>/.compat/', '<rootDir>/dist/'],
  transform,
  testEnvironment,
  testTimeout,
};
