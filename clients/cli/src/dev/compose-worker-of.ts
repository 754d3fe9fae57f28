import { existsSync } from 'node:fs';
import { composeWorkerUrl } from '@tavolo/dev-graph';

/** The composer's thread: a file of its own in the repository; a bundle is one file, which is then its own worker. */
export function composeWorkerOf(): URL {
  const file = composeWorkerUrl();
  return existsSync(file) ? file : new URL(import.meta.url);
}
