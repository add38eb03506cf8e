import { defineConfig } from 'vitest/config';

/** An outside judge, asked by itself: METRICFLOW_JUDGE names the folder with its cases. */
export default defineConfig({
  test: {
    include: ['test/judges/metricflow/judge.run.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
