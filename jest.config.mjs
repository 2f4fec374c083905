const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.hookstream'],
  // The console is built by Vite: Vitest runs its specs.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/apps/console/'],
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
};

// Runs only when specs of a project that names it run.
const stack = {
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/quiet.mjs'],
};
// One whole system, for the console in a real browser.
const system = { globalSetup: '<rootDir>/test/console/global-setup.mjs', globalTeardown: '<rootDir>/test/console/global-teardown.mjs' };

/** Unit specs do no I/O. Int-specs and e2e-specs use the real broker and database that `test/global-setup.mjs` brings. */
export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['**/*.spec.ts'] },
    { ...base, ...stack, displayName: 'int', testMatch: ['**/*.int-spec.ts'] },
    { ...base, ...stack, displayName: 'e2e', testMatch: ['**/*.e2e-spec.ts'] },
    { ...base, ...system, displayName: 'console', testMatch: ['**/*.browser-spec.ts'] },
  ],
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
};
