import { defineConfig } from 'vitest/config';

/** Run from the root of the project: `npm --prefix test/engines ci && npm --prefix test/engines test`. */
export default defineConfig({
  test: {
    include: ['test/engines/*.test.ts'],
    // ClickHouse lives once in a process and does not like to be started beside itself.
    fileParallelism: false,
  },
});
