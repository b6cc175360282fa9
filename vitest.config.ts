import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const JOURNEYS = 'test/journeys/**/*.test.ts';
/** Needs judges that npm does not bring: `npm run conformance`. */
const CONFORMANCE = 'test/conformance/**';
const SET_UP = 'test/set-up.ts';
const EMULATORS = 'test/emulators/global-set-up.ts';

/** `LONG=1` (npm run test:long) runs the same tests with full counts. */
const long = process.env.LONG === '1';
const minutes = (count: number) => count * 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rules and doors',
          env: { POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'SILENT' },
          include: ['test/**/*.test.ts'],
          exclude: [JOURNEYS, CONFORMANCE],
          isolate: false,
          // vitest leaves one core to itself; with two there would be one worker.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          globalSetup: [SET_UP, EMULATORS],
          testTimeout: long ? minutes(10) : 40_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: [JOURNEYS],
          globalSetup: [SET_UP],
          // Each journey is a process of its own with threads of its own: two of them fill two cores.
          maxWorkers: Math.max(2, availableParallelism()),
          testTimeout: minutes(long ? 60 : 4),
          hookTimeout: minutes(4),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
