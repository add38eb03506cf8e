import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need packages that are installed apart; see test/engines and test/editor.
    exclude: ['test/engines/**', 'test/editor/**', '**/node_modules/**'],
  },
});
