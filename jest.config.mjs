const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.hookstream'],
};
const roots = ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'];

/** Unit specs do no I/O. Int-specs and e2e-specs use the real broker and database that `test/global-setup.ts` brings. */
export default {
  projects: [
    { ...base, displayName: 'unit', roots, testMatch: ['**/*.spec.ts'] },
    { ...base, displayName: 'int', roots, testMatch: ['**/*.int-spec.ts'], setupFilesAfterEnv: ['<rootDir>/test/int-setup.mjs'] },
    { ...base, displayName: 'e2e', roots, testMatch: ['**/*.e2e-spec.ts'], setupFilesAfterEnv: ['<rootDir>/test/int-setup.mjs'] },
  ],
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
};
