const { readFileSync } = require('node:fs');

const { exclude, jsc, ...swc } = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const { baseUrl, paths, ...compiler } = jsc;

const project = (displayName, roots, extra = {}) => ({
  displayName,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  moduleNameMapper: { '^@app/([^/]+)$': '<rootDir>/libs/$1/src' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, jsc: compiler, swcrc: false }] },
  ...extra,
});

const onDatabase = {
  globalSetup: '<rootDir>/test/jest/global-setup.ts',
  globalTeardown: '<rootDir>/test/jest/global-teardown.ts',
};

module.exports = {
  testTimeout: 30_000,
  projects: [
    project('unit', ['libs', 'apps']),
    project('contract', ['test/contract']),
    project('integration', ['test/integration'], onDatabase),
    project('e2e', ['test/e2e'], onDatabase),
  ],
};
