const { readFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');

// The build's own compiler options; the alias is rewritten while compiling, because jest maps no names in its global setup.
const { exclude, ...swc } = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const compiler = { ...swc, jsc: { ...swc.jsc, baseUrl: __dirname }, swcrc: false };

const project = (displayName, roots, extra = {}) => ({
  displayName,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: { '^.+\\.ts$': ['@swc/jest', compiler] },
  ...extra,
});

const onDatabase = {
  globalSetup: '<rootDir>/test/jest/global-setup.ts',
  globalTeardown: '<rootDir>/test/jest/global-teardown.ts',
};

module.exports = {
  testTimeout: 30_000,
  // All of a small machine's cores; on a large one no more than one PostgreSQL has connections for.
  maxWorkers: Math.min(availableParallelism(), 4),
  projects: [
    project('unit', ['libs', 'apps']),
    project('contract', ['test/contract']),
    project('integration', ['test/integration'], onDatabase),
    project('e2e', ['test/e2e'], onDatabase),
  ],
};
