import { defineConfig } from 'vitest/config';

/** Run from the root of the project: `npm --prefix test/editor ci && npm --prefix test/editor test`. */
export default defineConfig({
  test: { include: ['test/editor/*.test.ts'], testTimeout: 180_000 },
});
