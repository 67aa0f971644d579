import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // 630 tests ran in 1.6 s this way against 4.1 s isolated (docs/dependencies.md); no test keeps state in a module.
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    // What is waited for comes late on a busy machine, and at once on another.
    expect: { poll: { timeout: 10_000 } },
    globalSetup: ['test/house/set-up-browser.ts', 'test/house/set-up-inside.ts', 'test/house/engine/set-up-engine.ts'],
    setupFiles: ['test/house/seed.ts'],
  },
});
