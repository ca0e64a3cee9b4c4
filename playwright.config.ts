/** End to end: the specs in `e2e/specs` run in both shells, those in `e2e/electron` and `e2e/web` in their own. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: '.artifacts/e2e',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Real windows on a busy machine: what passes at another try is reported as flaky.
  retries: process.env.CI === undefined ? 0 : 2,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: '.artifacts/e2e.json' }]],
  projects: [
    // One desktop, one keyboard focus: windows of two specs would cover each other. Pages without a window do not.
    { name: 'desktop', workers: 1, testMatch: ['specs/**/*.spec.ts', 'electron/**/*.spec.ts'] },
    { name: 'browser', testMatch: ['specs/**/*.spec.ts', 'web/**/*.spec.ts'] },
  ],
});
