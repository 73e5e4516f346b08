/** Every test runs in plain Node through the light runner: no transform, no module registry of Jest's own. */
export default {
  runner: 'jest-light-runner',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  transform: {},
  globalSetup: './test/global-setup.ts',
  globalTeardown: './test/global-teardown.ts',
  setupFiles: ['./test/support/environment.ts'],
  setupFilesAfterEnv: ['./test/support/setup.ts'],
  cacheDirectory: 'node_modules/.cache/jest',
  testTimeout: 30_000,
}
