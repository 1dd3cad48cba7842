// Plain JavaScript: on Node 20, Jest would need one more dependency to read TypeScript here.
const LIBS = ['contracts', 'platform', 'messaging', 'runtime', 'llm', 'stylometry', 'stack', 'testing'];

const shared = {
  testEnvironment: '<rootDir>/test/setup/realm/environment.js',
  runtime: '<rootDir>/test/setup/realm/runtime.js',
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  moduleNameMapper: Object.fromEntries(LIBS.map((lib) => [`^@fiction/${lib}$`, `<rootDir>/libs/${lib}/src/index.ts`])),
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/\\.data'],
  setupFiles: ['<rootDir>/test/setup/randomness.ts'],
  clearMocks: true,
};

/** Real PostgreSQL, Redis and NATS, shared by the tests of one run. */
const withServers = {
  ...shared,
  globalSetup: '<rootDir>/test/setup/services.setup.ts',
  globalTeardown: '<rootDir>/test/setup/services.teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/setup/bounds.ts'],
};

/**
 * One project per kind of test: what it needs differs, and so does how long it may take.
 * @type {import('jest').Config}
 */
module.exports = {
  maxWorkers: 2,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,scripts,test}/**/*.spec.ts'] },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,scripts,test}/**/*.int-spec.ts'],
    },
    { ...withServers, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
    { ...withServers, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.e2e-spec.ts'] },
  ],
};
