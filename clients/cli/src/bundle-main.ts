import { isMainThread, workerData } from 'node:worker_threads';

// A bundle is one file, and so the composer's thread is this file too. Its mark is read only there: the composer is the
// larger half of a bundle, and most commands never need it.
if (isMainThread) {
  await import('./main.ts');
} else {
  const { composeWorkerMark } = await import('@tavolo/dev-graph');
  if (workerData === composeWorkerMark) {
    const { answerComposeRequests } = await import('@tavolo/dev-graph/compose-worker');
    answerComposeRequests();
  }
}
