import { defineConfig } from 'vitest/config';

/** `npm run conformance`: judges from outside, which need more than npm. Not part of `npm test`. */
export default defineConfig({
  test: {
    name: 'conformance',
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/conformance/**/*.test.ts'],
    globalSetup: ['test/set-up.ts', 'test/emulators/global-set-up.ts', 'test/conformance/install-judges.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
