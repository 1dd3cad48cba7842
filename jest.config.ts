import type { Config } from 'jest';

const aliases = Object.fromEntries(
  ['contracts', 'platform', 'messaging', 'runtime', 'llm', 'stack', 'testing'].map((lib) => [
    `^@fiction/${lib}$`,
    `<rootDir>/libs/${lib}/src/index.ts`,
  ]),
);

const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  moduleNameMapper: aliases,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/\\.data'],
  clearMocks: true,
} satisfies Config;

/** One project per kind of test: what it needs differs, and so does how long it may take. */
const config: Config = {
  maxWorkers: 2,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,scripts,test}/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/test/setup/services.setup.ts',
      globalTeardown: '<rootDir>/test/setup/services.teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/test/setup/bounds.ts'],
    },
  ],
};

export default config;
