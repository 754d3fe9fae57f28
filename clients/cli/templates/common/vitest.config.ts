import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node loads graphql's CommonJS build, Vite would pick the other one: two copies do not know each other's types.
  resolve: {
    alias: [{ find: /^graphql$/u, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: { include: ['test/**/*.test.ts'], pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000 },
});
