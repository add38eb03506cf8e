import { defineConfig } from 'vitest/config';

/** An outside judge, asked by itself: METRICFLOW_JUDGE names the folder with its cases. */
export default defineConfig({
  test: {
    include: ['test/judges/metricflow/judge.run.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
