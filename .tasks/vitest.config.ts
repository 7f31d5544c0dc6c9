import { defineConfig } from 'vitest/config';

// What the commands under test print is compared as text: a terminal or a CI that asks for colour would change it.
delete process.env.FORCE_COLOR;

/**
 * Real runtimes start in many of these tests: files run three at a time, as many wait, and each test has a generous limit.
 * The files of a process share its modules: to load the codemods again for each took a quarter of the CPU time of all.
 */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['src/**/*.test.ts', 'codemods/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'codemods/*/cases/**'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 3,
    pool: 'forks',
    isolate: false,
    setupFiles: ['src/testing/after-each.ts'],
    // Runtimes are fetched once for all runs of the tests, into a folder git ignores.
    env: {
      MIGRATE_CACHE: process.env.MIGRATE_CACHE ?? new URL('../.cache', import.meta.url).pathname,
      NO_COLOR: '1',
    },
  },
});
