import { defineConfig } from 'vitest/config';
import { bundledThreads } from './.ci/bundledThreads.ts';

export default defineConfig({
  test: {
    restoreMocks: true,
    setupFiles: ['.ci/samples.ts'],
    projects: [
      {
        extends: true,
        plugins: [bundledThreads()],
        test: {
          name: 'unit',
          include: [
            '.ci/**/*.test.ts',
            'main/**/*.test.ts',
            'preload/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'collector/**/*.test.ts',
          ],
          testTimeout: 20_000,
          // One less than there are processors would leave one of two idle.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          // The built programs as they run for people; specs in a window or a browser are Playwright's.
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They mostly wait for processes: one file more at a time than there usually are processors.
          maxWorkers: 3,
          // Real processes on a busy machine; what passes at the second try is listed with its retry.
          retry: process.env.CI === undefined ? 0 : 1,
          // After the unit tests: they share the processors, and here time is part of what is tested.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
