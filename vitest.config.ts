import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/**
 * Node loads graphql's CommonJS build, Vite would pick its ES module build: two copies, and every
 * `instanceof` across them fails. All tests use the copy that the running processes use.
 */
const resolve = {
  alias: [{ find: /^graphql$/u, replacement: createRequire(import.meta.url).resolve('graphql') }],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: [
            '{schemas,packages,services,gateway,tests/{harness,bench,partners},clients}/**/*.test.ts',
          ],
          // Projects in the making: they run where `tavolo subgraph init` writes them.
          exclude: ['**/node_modules/**', 'clients/cli/templates/**'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts', 'clients/**/*.e2e.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          pool: 'forks',
          // Each journey starts real processes; two hubs at once would fight for the two cores.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve,
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.browser.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
