import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a gateway opens sockets to its subgraphs and to nobody else, and asks no name server', async () => {
  const script = fileURLToPath(new URL('./test-subgraphs/watch-sockets.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
    // As a careless machine would have it: everything that switches reporting on, nothing that switches it off.
    env: {
      PATH: '/usr/bin:/bin',
      NODE_ENV: 'production',
      APOLLO_KEY: 'service:tavolo:invented',
      APOLLO_GRAPH_REF: 'tavolo@current',
    },
    timeout: 60_000,
  });
  const seen = JSON.parse(stdout.split('\n').at(-2) ?? '') as object;
  expect(seen).toEqual({ answered: true, strangers: [], lookups: [] });
}, 60_000);
