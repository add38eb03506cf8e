import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // No module remembers anything, so files can share what they load: four fifths of the time were imports.
    isolate: false,
    // Vitest leaves one core to whoever works beside it; a check has them all.
    maxWorkers: '100%',
    // No promise about speed is made here: a slow machine is not a failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // These need packages that are installed apart; see test/engines and test/editor.
    exclude: ['test/engines/**', 'test/editor/**', '**/node_modules/**'],
  },
});
