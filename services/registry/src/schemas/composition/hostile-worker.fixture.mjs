// A worker that does what hostile schemas would make the real one do; the job's first partner says what.
import { parentPort, threadId } from 'node:worker_threads';

parentPort.on('message', ({ partners: [what] }) => {
  if (what === 'hang') for (;;);
  if (what === 'crash') throw new Error('crashed');
  if (what === 'memory') {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  }
  if (what === 'fail') {
    parentPort.postMessage({ kind: 'failed', message: 'cannot be read' });
    return;
  }
  const graph = { sdl: '', id: String(threadId), owners: {}, contracts: [] };
  parentPort.postMessage({ kind: 'done', result: { findings: [], graph, changes: [] } });
});
