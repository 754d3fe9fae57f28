import { parentPort } from 'node:worker_threads';
import { checkSubgraphs, type SubgraphsToCheck } from '@tavolo/schema-check/compose';
import type { ComposeReply } from './create-composer.ts';

/** Checks and composes what it is sent, one request at a time, beside the thread that serves. */
export function answerComposeRequests(): void {
  parentPort?.on('message', (request: SubgraphsToCheck) => {
    parentPort?.postMessage(answer(request));
  });
}

function answer(request: SubgraphsToCheck): ComposeReply {
  try {
    return { kind: 'checked', ...checkSubgraphs(request) };
  } catch (error) {
    // Errors lose their class between threads, so they travel as a text.
    return { kind: 'failed', message: error instanceof Error ? error.message : 'unknown' };
  }
}
