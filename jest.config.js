const { availableParallelism } = require('node:os');

/** Layers live in test/unit, test/conformance, test/sandbox and test/engine; one jest run covers them all but test/e2e, test/night and test/queue. */
module.exports = {
  testEnvironment: 'node',
  // The sources, but never what is installed in .editor and .compat.
  roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/credentials'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(e2e|night|queue)/'],
  modulePathIgnorePatterns: ['<rootDir>/.editor/', '<rootDir>/.compat/', '<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  // The stand-in and its schemas are loaded once in a process, past jest's modules, instead of once in each test file.
  moduleNameMapper: {
    '^(\\.\\./)+sandbox/(server|oracle)$': '<rootDir>/test/support/sandbox/$2.ts',
  },
  // In the sandbox of a test file each use of a global is a call through a Proxy; these are arguments of its modules instead.
  // Not those that fake timers replace, nor names that modules declare themselves.
  sandboxInjectedGlobals: [
    'Array',
    'Boolean',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Promise',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'WeakMap',
  ],
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/process/slowestFirst.cjs',
  // One more than there are cores, as many tests wait: for retries, timeouts and polls.
  maxWorkers: availableParallelism() + 1,
};
