import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need an engine that weighs half a gigabyte; see test/engines/package.json.
    exclude: ['test/engines/**', '**/node_modules/**'],
  },
});
