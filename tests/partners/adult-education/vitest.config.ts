import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** graphql once, as Node loads it: Vite would take its ES module build, and `instanceof` fails across two copies. */
export default defineConfig({
  resolve: {
    alias: [{ find: /^graphql$/u, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
});
