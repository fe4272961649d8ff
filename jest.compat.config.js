/** The engine tests that matter most, run by test/compat/main.ts against engines of older releases of n8n. */
const { testPathIgnorePatterns, ...config } = require('./jest.config');

module.exports = {
  ...config,
  // The copy of the sources in .compat/<release>, whose path has the name of an ignored folder in none of its parts.
  testPathIgnorePatterns: [],
  testMatch: [
    '<rootDir>/test/compat/*.test.ts',
    '<rootDir>/test/engine/plaidCheck.connect.test.ts',
  ],
};
