import { defineConfig } from 'vite';

export default defineConfig({
  // The gateway serves the page under /explorer/; relative addresses need no knowledge of that.
  base: './',
  // Monaco's editor is one large chunk by nature; the page is served from the same machine.
  build: { chunkSizeWarningLimit: 8_000, sourcemap: false },
  worker: { format: 'es' },
});
