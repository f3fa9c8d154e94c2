// How the tests run: every test/**/*.test.ts in its own process, one for each core, no retries, and nothing left in `.only`.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: '100%',
    allowOnly: false,
  },
});
