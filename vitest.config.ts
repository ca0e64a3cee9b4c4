import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['main/**/*.test.ts', 'preload/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'collector/**/*.test.ts'],
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
